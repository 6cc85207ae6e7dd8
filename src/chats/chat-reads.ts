import type { Sql } from 'postgres'
import type { Chat } from '../protocol/chats.ts'
import type { ChatEdits } from '../protocol/lists.ts'
import { chatColumns, chatOf, chatSource, type ChatRow } from './chat-row.ts'
import { refusal } from './refusals.ts'

/** @throws AppError `not_found` when there is no such chat in the room */
export async function findChat(sql: Sql, roomId: string, chatId: string): Promise<Chat> {
  const [row] = await sql<ChatRow[]>`
    select ${chatColumns(sql)} from ${chatSource(sql)}
    where chats.id = ${chatId} and chats.room_id = ${roomId}`
  if (!row) throw refusal('not_found')
  return chatOf(row)
}

/** What is pinned in a room, the newest chat first. */
export async function pinnedChats(sql: Sql, roomId: string): Promise<Chat[]> {
  const rows = await sql<ChatRow[]>`
    select ${chatColumns(sql)} from ${chatSource(sql)}
    where chats.room_id = ${roomId} and chats.extras ? 'pinned'
    order by chats.seq desc`
  return rows.map(chatOf)
}

/** What a chat said before each edit, oldest first. */
export async function editsOf(sql: Sql, chatId: string): Promise<ChatEdits['edits']> {
  const rows = await sql<{ message: string; said_at: Date }[]>`
    select message, said_at from chat_edits where chat_id = ${chatId} order by rev`
  return rows.map((row) => ({ message: row.message, at: row.said_at.toISOString() }))
}
