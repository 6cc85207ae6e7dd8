import { Show } from 'solid-js'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'

/** Who types, in a line whose height never changes. */
export function TypingLine(props: { roomId: string }) {
  const live = useLive()
  const text = () => {
    const [first, second, ...more] = live.typing(props.roomId)
    if (!first) return ''
    if (!second) return t('chats.typingOne', { name: first.name })
    if (more.length > 0) return t('chats.typingMany')
    return t('chats.typingTwo', { first: first.name, second: second.name })
  }
  return (
    <div class="typing-line" aria-live="off">
      <Show when={text()}>
        <span class="typing-dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
        <span>{text()}</span>
      </Show>
    </div>
  )
}
