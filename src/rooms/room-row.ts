import { time, timeOrNull, type AnySql, type Counter } from '../chats/chat-row.ts'
import type { Room, RoomKind } from '../protocol/rooms.ts'

export interface RoomRow {
  id: string
  kind: RoomKind
  slug: string | null
  name: string
  topic: string
  head: Counter
  last_seq: Counter
  last_main_seq: Counter
  member_count: number
  created_at: Date
  archived_at: Date | null
  last_chat_at: Date | null
}

/** For `from rooms`. */
export const roomColumns = (sql: AnySql) => sql`
  rooms.id, rooms.kind, rooms.slug, rooms.name, rooms.topic, rooms.head, rooms.last_seq,
  rooms.last_main_seq, rooms.member_count, rooms.created_at, rooms.archived_at, rooms.last_chat_at`

export const roomOf = (row: RoomRow): Room => ({
  id: row.id,
  kind: row.kind,
  slug: row.slug,
  name: row.name,
  topic: row.topic,
  head: Number(row.head),
  lastSeq: Number(row.last_seq),
  lastMainSeq: Number(row.last_main_seq),
  memberCount: row.member_count,
  createdAt: time(row.created_at),
  archivedAt: timeOrNull(row.archived_at),
  lastChatAt: timeOrNull(row.last_chat_at),
})
