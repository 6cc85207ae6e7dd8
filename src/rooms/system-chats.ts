import { chatOf, type AnySql, type ChatRow } from '../chats/chat-row.ts'
import type { Chat, SystemEvent } from '../protocol/chats.ts'
import type { Room } from '../protocol/rooms.ts'
import type { User } from '../protocol/users.ts'
import { roomColumns, roomOf, type RoomRow } from './room-row.ts'

interface Telling {
  room: RoomRow
  actor: User
  events: SystemEvent[]
  /** How many came less how many went. */
  membersDelta: number
  newId: () => string
}

/**
 * Tells `events` in the room as system chats and moves its counters. Call it in a transaction that
 * holds the room's lock, with `room` as it was under the lock. System chats make no room unread.
 */
export async function tellRoom(
  sql: AnySql,
  { room, actor, events, membersDelta, newId }: Telling,
): Promise<{ chats: Chat[]; room: Room }> {
  const chats: Chat[] = []
  for (const [n, event] of events.entries()) {
    const id = newId()
    const [row] = await sql<ChatRow[]>`
      insert into chats (id, room_id, seq, rev, kind, sender_id, cid, event, created_at)
      values (${id}, ${room.id}, ${Number(room.last_seq) + n + 1}, ${Number(room.head) + n + 1},
        'system', ${actor.id}, ${`system:${id}`}, ${sql.json(event)},
        date_trunc('milliseconds', clock_timestamp()))
      returning *`
    if (row) chats.push(chatOf({ ...row, ...senderColumns(actor) }))
  }
  const [after] = await sql<RoomRow[]>`
    update rooms
    set head = head + ${events.length}, last_seq = last_seq + ${events.length},
      member_count = member_count + ${membersDelta}
    where id = ${room.id}
    returning ${roomColumns(sql)}`
  return { chats, room: roomOf(after ?? room) }
}

const senderColumns = (sender: User) => ({
  sender_handle: sender.handle,
  sender_name: sender.name,
  sender_color: sender.avatarColor,
  sender_avatar: sender.avatarId ?? null,
  // A system chat quotes nothing.
  quote: null,
})
