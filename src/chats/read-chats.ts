import type { Sql } from 'postgres'
import type { Chat } from '../protocol/chats.ts'
import { chatColumns, chatOf, chatSource, type ChatRow } from './chat-row.ts'

/** These chats as they are now, in order of rev; those that are not there are left out. */
export async function readChats(sql: Sql, ids: string[]): Promise<Chat[]> {
  const rows = await sql<ChatRow[]>`
    select ${chatColumns(sql)} from ${chatSource(sql)}
    where chats.id = any (${ids}) order by chats.rev`
  return rows.map(chatOf)
}
