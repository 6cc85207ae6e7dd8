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

export function SignInPage() {
  const location = useLocation()
  const [search] = useSearchParams()
  const [email, setEmail] = createSignal('')
  const [password, setPassword] = createSignal('')
  setPageTitle(() => t('auth.signIn'))

  const submit = createSubmit(async () => {
    acceptSession(
      await call(api.auth.signin.$post({ json: { email: email(), password: password() } })),
    )
  }, ['email', 'password'])

  const wasEnded = () => {
    const state = session()
    return state.status === 'out' && state.reason === 'ended'
  }

  return (
    <Show when={session().status !== 'in'} fallback={<Navigate href={nextPath(search['next'])} />}>
      <AuthFrame title={t('auth.signInTitle')}>
        <Show when={wasEnded()}>
          <p class="auth-note">{t('shell.ended')}</p>
        </Show>
        <form class="auth-form" onSubmit={submit.run} novalidate>
          <TextField
            label={t('auth.email')}
            name="email"
            type="email"
            autocomplete="username"
            value={email()}
            onText={setEmail}
            error={submit.field('email')}
            autofocus
            required
          />
          <PasswordField
            label={t('auth.password')}
            name="password"
            showLabel={t('auth.reveal')}
            hideLabelText={t('auth.conceal')}
            required
            autocomplete="current-password"
            value={password()}
            onText={setPassword}
            error={submit.field('password')}
          />
          <FormProblem text={submit.problem()} />
          <Button type="submit" kind="primary" wide busy={submit.busy()}>
            {t('auth.signIn')}
          </Button>
        </form>
        <p class="auth-other">
          <A href={`/sign-up${location.search}`}>{t('auth.toSignUp')}</A>
        </p>
      </AuthFrame>
    </Show>
  )
}
