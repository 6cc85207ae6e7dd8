import type { Chat, ChatLinks } from '../../src/protocol/chats.ts'
import { isInMainLine } from '../../src/protocol/main-line.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { roomPath } from '../rooms/room-state.ts'

type Placed = Pick<Chat, 'roomId' | 'seq'> & Pick<ChatLinks, 'threadId' | 'inRoom'>

/**
 * The address of a chat in this client: in its room, or in its thread where only that shows it. A room
 * that I am not in goes by its id.
 */
export function chatPath(
  chat: Placed,
  room: Pick<MyRoom, 'id' | 'slug'> = { id: chat.roomId, slug: null },
): string {
  const thread = isInMainLine(chat) ? '' : `thread=${chat.threadId}&`
  return `${roomPath(room)}?${thread}at=${chat.seq}`
}

/** The same to send to others. */
export const chatLink = (chat: Placed, room: Pick<MyRoom, 'id' | 'slug'>): string =>
  location.origin + chatPath(chat, room)
