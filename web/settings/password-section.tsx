import { createSignal } from 'solid-js'
import { api, call, session } from '../api.ts'
import { passwordHintText } from '../auth/password-hint-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { createSubmit } from '../submit.ts'
import { toasts } from '../toasts.ts'
import { Button } from '../ui/button.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { PasswordField } from '../ui/text-field.tsx'

export function PasswordSection() {
  const live = useLive()
  const [currentPassword, setCurrent] = createSignal('')
  const [newPassword, setNew] = createSignal('')
  const email = () => {
    const state = session()
    return state.status === 'in' ? state.user.email : ''
  }

  const submit = createSubmit(async () => {
    const json = { currentPassword: currentPassword(), newPassword: newPassword() }
    await call(api.auth.password.$post({ json }))
    setCurrent('')
    setNew('')
    toasts.show(t('settings.passwordChanged'))
  }, ['currentPassword', 'newPassword'])

  return (
    <form class="form" aria-label={t('settings.password')} onSubmit={submit.run} novalidate>
      <p>{t('settings.passwordText')}</p>
      {/* Password managers file the new password under this. */}
      <input type="hidden" name="username" autocomplete="username" value={email()} />
      <PasswordField
        label={t('settings.currentPassword')}
        name="current-password"
        autocomplete="current-password"
        showLabel={t('auth.reveal')}
        hideLabelText={t('auth.conceal')}
        value={currentPassword()}
        onText={setCurrent}
        error={submit.field('currentPassword') && t('settings.passwordWrong')}
      />
      <PasswordField
        label={t('settings.newPassword')}
        name="new-password"
        autocomplete="new-password"
        showLabel={t('auth.reveal')}
        hideLabelText={t('auth.conceal')}
        hint={passwordHintText(newPassword(), [live.me().name, email()])}
        value={newPassword()}
        onText={setNew}
        error={submit.field('newPassword')}
      />
      <FormProblem text={submit.problem()} />
      <Button kind="primary" type="submit" busy={submit.busy()}>
        {t('settings.changePassword')}
      </Button>
    </form>
  )
}
