import { createEffect, createMemo, createSignal, onCleanup, Show } from 'solid-js'
import { t } from '../i18n/t.ts'
import { useLive, type OutboxEntry } from '../live/index.ts'
import { waitOf } from './wait.ts'

/** Under a chat of mine that takes long though the line is up: what it waits for. */
export function WaitLine(props: { entry: OutboxEntry }) {
  const live = useLive()
  const wait = createMemo(() => (live.line().state === 'online' ? waitOf(props.entry) : null))
  const [now, setNow] = createSignal(Date.now())

  // Time is the outside world here: it is looked at once more, when there is something to say.
  createEffect(() => {
    const { fromMs } = wait() ?? { fromMs: 0 }
    setNow(Date.now())
    const inMs = fromMs - Date.now()
    if (inMs <= 0) return
    // A timer may fire a fraction of a millisecond early.
    const timer = setTimeout(() => setNow(fromMs), inMs)
    onCleanup(() => clearTimeout(timer))
  })
  const due = () => {
    const told = wait()
    return told && told.fromMs <= now() ? told : undefined
  }
  return (
    <Show when={due()}>
      {(told) => (
        <div class="chat-wait" role="status">
          {t(told().text)}
        </div>
      )}
    </Show>
  )
}
