import type { Sql, TransactionSql } from 'postgres'
import type { Chat, SystemEvent } from '../protocol/chats.ts'

/** The raw client, or a transaction of it. */
export type AnySql = Sql | TransactionSql

/** Counters are `bigint`, which the client hands over as text: 64 bits do not fit a number. */
export type Counter = string

/** `chats` joined with its sender, by `chatColumns`. */
export interface ChatRow {
  id: string
  room_id: string
  seq: Counter
  rev: Counter
  kind: 'text' | 'system'
  cid: string
  message: string
  event: SystemEvent | null
  mentions: string[]
  created_at: Date
  edited_at: Date | null
  deleted_at: Date | null
  sender_id: string
  sender_handle: string
  sender_name: string
  sender_color: number
}

/** For `from chats join users on users.id = chats.sender_id`. */
export const chatColumns = (sql: AnySql) => sql`
  chats.id, chats.room_id, chats.seq, chats.rev, chats.kind, chats.cid, chats.message, chats.event,
  chats.mentions, chats.created_at, chats.edited_at, chats.deleted_at, chats.sender_id,
  users.handle as sender_handle, users.name as sender_name, users.avatar_color as sender_color`

export const time = (at: Date): string => at.toISOString()
export const timeOrNull = (at: Date | null): string | null => at && at.toISOString()

export const chatOf = (row: ChatRow): Chat => ({
  id: row.id,
  roomId: row.room_id,
  seq: Number(row.seq),
  rev: Number(row.rev),
  kind: row.kind,
  sender: {
    id: row.sender_id,
    handle: row.sender_handle,
    name: row.sender_name,
    avatarColor: row.sender_color,
  },
  cid: row.cid,
  message: row.message,
  event: row.event,
  mentions: row.mentions,
  createdAt: time(row.created_at),
  editedAt: timeOrNull(row.edited_at),
  deletedAt: timeOrNull(row.deleted_at),
})
