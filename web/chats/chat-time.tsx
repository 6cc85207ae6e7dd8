import { formatFull, formatTime } from '../i18n/format.ts'

/** The hour, with the whole date in its title. */
export function ChatTime(props: { at: string | number }) {
  return (
    <time
      class="chat-time"
      dateTime={new Date(props.at).toISOString()}
      title={formatFull(props.at)}
    >
      {formatTime(props.at)}
    </time>
  )
}
