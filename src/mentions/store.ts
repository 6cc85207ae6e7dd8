import type { Sql } from 'postgres'
import { chatColumns, chatOf, chatSource, type ChatRow } from '../chats/chat-row.ts'
import type { MentionsPage } from '../protocol/lists.ts'
import { pageOf, readCursor } from '../rooms/cursor.ts'

const pageSize = 50

/** Chats that mention `userId` in rooms where they are, the newest first. */
export async function mentionsOf(sql: Sql, userId: string, cursor?: string): Promise<MentionsPage> {
  const after = cursor ? readCursor(cursor) : null
  const rows = await sql<(ChatRow & { at_text: string })[]>`
    with named as (
      select room_id, seq, at from mentions where user_id = ${userId}
      union
      select room_mentions.room_id, room_mentions.seq, room_mentions.at
      from room_mentions
      join members on members.room_id = room_mentions.room_id and members.user_id = ${userId}
    )
    select ${chatColumns(sql)}, named.at::text as at_text
    from ${chatSource(sql)}
    join named on chats.room_id = named.room_id and chats.seq = named.seq
    join members on members.room_id = chats.room_id and members.user_id = ${userId}
    where chats.deleted_at is null and chats.sender_id <> ${userId}
      ${after ? sql`and (named.at, chats.id) < (${after.name}::text::timestamptz, ${after.id}::uuid)` : sql``}
    order by named.at desc, chats.id desc
    limit ${pageSize + 1}`
  const { page, nextCursor } = pageOf(rows, pageSize, ({ at_text, id }) => ({ name: at_text, id }))
  return { chats: page.map(chatOf), nextCursor }
}
