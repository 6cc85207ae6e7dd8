import type { Sql } from 'postgres'
import { chatColumns, chatOf, chatSource, type ChatRow } from '../chats/chat-row.ts'
import type { SavedPage } from '../protocol/lists.ts'
import { pageOf, readCursor } from '../rooms/cursor.ts'

const pageSize = 50

/** The room of a chat that `userId` may see; null when there is none. */
export async function roomOfSeenChat(sql: Sql, userId: string, chatId: string) {
  const [row] = await sql<{ room_id: string }[]>`
    select chats.room_id from chats
    join rooms on rooms.id = chats.room_id
    left join members on members.room_id = rooms.id and members.user_id = ${userId}
    where chats.id = ${chatId} and chats.kind = 'text' and chats.deleted_at is null
      and (rooms.kind = 'public' or members.user_id is not null)`
  return row?.room_id ?? null
}

export const save = (sql: Sql, userId: string, chatId: string, roomId: string) => sql`
  insert into saved_chats (user_id, chat_id, room_id) values (${userId}, ${chatId}, ${roomId})
  on conflict do nothing`

/** The room of the chat that was kept; null when it was not. */
export async function unsave(sql: Sql, userId: string, chatId: string): Promise<string | null> {
  const [row] = await sql<{ room_id: string }[]>`
    delete from saved_chats where user_id = ${userId} and chat_id = ${chatId} returning room_id`
  return row?.room_id ?? null
}

/** What `userId` keeps for later and may still see, the last kept first. */
export async function savedChats(sql: Sql, userId: string, cursor?: string): Promise<SavedPage> {
  const after = cursor ? readCursor(cursor) : null
  const rows = await sql<(ChatRow & { saved_at: Date; saved_text: string })[]>`
    select ${chatColumns(sql)}, saved_chats.saved_at, saved_chats.saved_at::text as saved_text
    from ${chatSource(sql)}
    join saved_chats on saved_chats.chat_id = chats.id
    join rooms on rooms.id = chats.room_id
    left join members on members.room_id = chats.room_id and members.user_id = saved_chats.user_id
    where saved_chats.user_id = ${userId}
      and (rooms.kind = 'public' or members.user_id is not null)
      ${after ? sql`and (saved_chats.saved_at, saved_chats.chat_id) < (${after.name}::text::timestamptz, ${after.id}::uuid)` : sql``}
    order by saved_chats.saved_at desc, saved_chats.chat_id desc
    limit ${pageSize + 1}`
  const { page, nextCursor } = pageOf(rows, pageSize, ({ saved_text, id }) => ({
    name: saved_text,
    id,
  }))
  return {
    saved: page.map((row) => ({ chat: chatOf(row), savedAt: row.saved_at.toISOString() })),
    nextCursor,
  }
}
