import { Show } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { roomTitle } from '../rooms/room-state.ts'

/** Above the first chat of a room, and alone in an empty one. */
export function RoomStart(props: { room: MyRoom }) {
  const isDirect = () => props.room.kind === 'direct'
  return (
    <div class="room-start">
      <h2>
        {t(isDirect() ? 'chats.startDirect' : 'chats.start', { room: roomTitle(props.room) })}
      </h2>
      <Show
        when={!isDirect() && props.room.topic}
        fallback={<p>{t(isDirect() ? 'chats.startDirectText' : 'chats.startText')}</p>}
      >
        <p dir="auto">{props.room.topic}</p>
      </Show>
    </div>
  )
}
