import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { asApiError, restoreSession, session } from '../api.ts'
import type { ApiError } from '../api.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { ErrorState } from '../ui/states.tsx'
import { FrameSkeleton } from '../shell/frame-skeleton.tsx'

const retryMs = 3_000

/** Shows the children once it is known whether this browser has a session: never a flash of sign-in. */
export function RestoreSession(props: { children: JSX.Element }) {
  const [error, setError] = createSignal<ApiError | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  const restore = () => {
    clearTimeout(timer)
    restoreSession().then(
      () => setError(null),
      (caught: unknown) => {
        setError(asApiError(caught))
        timer = setTimeout(restore, retryMs)
      },
    )
  }
  onMount(restore)
  onCleanup(() => clearTimeout(timer))

  return (
    <Show when={session().status === 'unknown'} fallback={props.children}>
      <Show when={error()} fallback={<FrameSkeleton label={t('auth.starting')} />}>
        {(refused) => (
          <main class="lone-state">
            <ErrorState
              title={t('auth.unreachable')}
              retryLabel={t('common.retry')}
              onRetry={restore}
            >
              {errorText(refused())}
            </ErrorState>
          </main>
        )}
      </Show>
    </Show>
  )
}
