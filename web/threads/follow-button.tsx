import { createSignal, Show } from 'solid-js'
import { asApiError } from '../api-error.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { toasts } from '../toasts.ts'
import { Button } from '../ui/button.tsx'
import { Bell, BellOff } from '../ui/icons.ts'
import { useThreads } from './threads-context.tsx'

/** In the panel's head: whether I am told of new replies. There is nothing to follow before the first one. */
export function FollowButton(props: { threadId: string }) {
  const live = useLive()
  const threads = useThreads()
  const [isBusy, setBusy] = createSignal(false)
  const mark = () => threads.mark(props.threadId)
  const follows = () => mark()?.follows === true
  const change = async (roomId: string): Promise<void> => {
    setBusy(true)
    try {
      await threads.follow(roomId, props.threadId, !follows())
    } catch (caught) {
      toasts.show(errorText(asApiError(caught)), { kind: 'failed' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Show when={mark()}>
      {(held) => (
        <Show when={held().lastSeq > 0 && live.room(held().roomId)}>
          <Button
            small
            kind="bare"
            busy={isBusy()}
            aria-pressed={follows()}
            data-tip={t(follows() ? 'talk.unfollowHint' : 'talk.followHint')}
            onClick={() => void change(held().roomId)}
          >
            {follows() ? <Bell /> : <BellOff />}
            {t(follows() ? 'talk.following' : 'talk.follow')}
          </Button>
        </Show>
      )}
    </Show>
  )
}
