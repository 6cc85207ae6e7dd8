import { A, Navigate, useLocation, useSearchParams } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { acceptSession, api, call, session } from '../api.ts'
import { t } from '../i18n/t.ts'
import { setPageTitle } from '../shell/page-title.ts'
import { createSubmit } from '../submit.ts'
import { Button } from '../ui/button.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { PasswordField, TextField } from '../ui/text-field.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { nextPath } from './next-path.ts'
import { passwordHintText } from './password-hint-text.ts'

export function SignUpPage() {
  const location = useLocation()
  const [search] = useSearchParams()
  const [name, setName] = createSignal('')
  const [email, setEmail] = createSignal('')
  const [password, setPassword] = createSignal('')
  setPageTitle(() => t('auth.signUp'))

  const submit = createSubmit(async () => {
    const json = { name: name(), email: email(), password: password() }
    acceptSession(await call(api.auth.signup.$post({ json })))
  }, ['name', 'email', 'password'])

  return (
    <Show when={session().status !== 'in'} fallback={<Navigate href={nextPath(search['next'])} />}>
      <AuthFrame title={t('auth.signUpTitle')}>
        <form class="auth-form" onSubmit={submit.run} novalidate>
          <TextField
            label={t('auth.name')}
            name="name"
            autocomplete="name"
            hint={t('auth.nameHint')}
            value={name()}
            onText={setName}
            error={submit.field('name')}
            autofocus
            required
          />
          <TextField
            label={t('auth.email')}
            name="email"
            type="email"
            autocomplete="username"
            value={email()}
            onText={setEmail}
            error={submit.field('email')}
            required
          />
          <PasswordField
            label={t('auth.password')}
            name="password"
            showLabel={t('auth.reveal')}
            hideLabelText={t('auth.conceal')}
            required
            autocomplete="new-password"
            hint={passwordHintText(password(), [name(), email()])}
            value={password()}
            onText={setPassword}
            error={submit.field('password')}
          />
          <FormProblem text={submit.problem()} />
          <Button type="submit" kind="primary" wide busy={submit.busy()}>
            {t('auth.signUp')}
          </Button>
        </form>
        <p class="auth-other">
          <A href={`/sign-in${location.search}`}>{t('auth.toSignIn')}</A>
        </p>
      </AuthFrame>
    </Show>
  )
}
