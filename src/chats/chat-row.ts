import type { Sql, TransactionSql } from 'postgres'
import type { ChatExtras } from '../db/schema.ts'
import type { Chat, Quote, SystemEvent } from '../protocol/chats.ts'

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
  sender_avatar: string | null
  thread_id: string | null
  in_room: boolean
  extras: ChatExtras | null
  /** The chat that it quotes, as it is now. */
  quote: Quote | null
}

const reactorsShown = 50

/** For `from ${chatSource(sql)}`. */
export const chatColumns = (sql: AnySql) => sql`
  chats.id, chats.room_id, chats.seq, chats.rev, chats.kind, chats.cid, chats.message, chats.event,
  chats.mentions, chats.created_at, chats.edited_at, chats.deleted_at, chats.sender_id,
  users.handle as sender_handle, users.name as sender_name, users.avatar_color as sender_color,
  users.avatar_id as sender_avatar,
  chats.thread_id, chats.in_room, chats.extras,
  case when quoted.id is not null then jsonb_build_object(
    'id', quoted.id, 'seq', quoted.seq, 'message', left(quoted.message, 200),
    'deletedAt', to_char(quoted.deleted_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'sender', jsonb_build_object('id', quoter.id, 'handle', quoter.handle, 'name', quoter.name,
      'avatarColor', quoter.avatar_color)
      || case when quoter.avatar_id is null then '{}' else jsonb_build_object('avatarId', quoter.avatar_id) end
  ) end as quote`

export const chatSource = (sql: AnySql) => sql`
  chats join users on users.id = chats.sender_id
  left join chats quoted on quoted.id = chats.reply_to_id
  left join users quoter on quoter.id = quoted.sender_id`

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
    ...(row.sender_avatar !== null && { avatarId: row.sender_avatar }),
  },
  cid: row.cid,
  message: row.message,
  event: row.event,
  mentions: row.mentions,
  createdAt: time(row.created_at),
  editedAt: timeOrNull(row.edited_at),
  deletedAt: timeOrNull(row.deleted_at),
  ...(row.thread_id !== null && { threadId: row.thread_id }),
  ...(row.in_room && { inRoom: true as const }),
  ...(row.quote && { replyTo: row.quote }),
  ...(row.extras && shownExtras(row.extras)),
})

const shownExtras = ({ thread, pinned, files, links, everyone, reactions }: ChatExtras) => ({
  ...(thread && { thread }),
  ...(pinned && { pinned }),
  ...(files && { files }),
  ...(links && { links }),
  ...(everyone && { everyone }),
  ...(reactions && {
    reactions: reactions.map(({ emoji, userIds }) => ({
      emoji,
      count: userIds.length,
      userIds: userIds.slice(0, reactorsShown),
    })),
  }),
})
