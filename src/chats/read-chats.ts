import type { Sql } from 'postgres'
import type { Chat } from '../protocol/chats.ts'
import { chatColumns, chatOf, chatSource, type ChatRow } from './chat-row.ts'

/** As many of those that quote a chat change along with it; `commit_edit` says why no more. */
const quotesMax = 200

/** These chats and the newest that quote `quoted`, as they are now, in order of rev; what is not there is left out. */
export async function readChats(sql: Sql, ids: string[], quoted?: string): Promise<Chat[]> {
  const rows = await sql<ChatRow[]>`
    select ${chatColumns(sql)} from ${chatSource(sql)}
    where chats.id = any (${ids})
      ${
        quoted === undefined
          ? sql``
          : sql`or chats.id in (
        select id from chats where reply_to_id = ${quoted} order by seq desc limit ${quotesMax})`
      }
    order by chats.rev`
  return rows.map(chatOf)
}
