import type { Sql } from 'postgres'
import { chatColumns, chatOf, chatSource, type ChatRow, type Counter } from '../chats/chat-row.ts'
import type { Chat, HistoryQuery } from '../protocol/chats.ts'
import { limits } from '../protocol/limits.ts'
import type { ThreadPlace, ThreadPlaces, ThreadsPage } from '../protocol/threads.ts'
import { pageOf, readCursor } from '../rooms/cursor.ts'

const pageSize = 50
const placesMax = 1_000

interface PlaceRow {
  follows: boolean
  read_seq: Counter
}

/** My place in a thread; whoever has none does not follow it and has read nothing. */
export async function placeIn(sql: Sql, userId: string, chat: Chat): Promise<ThreadPlace> {
  const [row] = await sql<PlaceRow[]>`
    select follows, read_seq from thread_follows
    where user_id = ${userId} and thread_id = ${chat.id}`
  return placeOf(chat, row)
}

const placeOf = ({ id, roomId }: Chat, row: PlaceRow | undefined): ThreadPlace => ({
  roomId,
  threadId: id,
  follows: row?.follows ?? false,
  readSeq: Number(row?.read_seq ?? 0),
})

/** Follows a thread, or no longer: then nothing but asking for it brings it back. */
export async function follow(sql: Sql, userId: string, chat: Chat, follows: boolean) {
  const [row] = await sql<PlaceRow[]>`
    insert into thread_follows (user_id, thread_id, room_id, follows, read_seq)
    values (${userId}, ${chat.id}, ${chat.roomId}, ${follows}, ${chat.thread?.lastSeq ?? 0})
    on conflict (user_id, thread_id) do update set follows = excluded.follows
    returning follows, read_seq`
  return placeOf(chat, row)
}

/** Moves my read position in a thread forward; of one that I have no place in nothing is kept. */
export async function readThread(sql: Sql, userId: string, chat: Chat, seq: number) {
  await sql`
    update thread_follows set read_seq = ${Math.min(seq, chat.thread?.lastSeq ?? 0)}
    where user_id = ${userId} and thread_id = ${chat.id} and read_seq < ${seq}`
  return placeIn(sql, userId, chat)
}

/** Replies of a thread, oldest first: the newest, or those before, after or around a seq. */
export async function replyPage(sql: Sql, threadId: string, query: HistoryQuery) {
  const { limit = limits.historyDefault, before, after, around } = query
  const from = after ?? (around === undefined ? undefined : around - 1)
  const forward = from !== undefined
  const rows = await sql<ChatRow[]>`
    select ${chatColumns(sql)} from ${chatSource(sql)}
    where chats.thread_id = ${threadId}
      ${forward ? sql`and chats.seq > ${from}` : before === undefined ? sql`` : sql`and chats.seq < ${before}`}
    order by chats.seq ${forward ? sql`asc` : sql`desc`}
    limit ${limit + 1}`
  const isMore = rows.length > limit
  const page = rows.slice(0, limit).map(chatOf)
  if (!forward) page.reverse()
  return {
    replies: page,
    hasBefore: forward ? await hasRepliesUpTo(sql, threadId, from) : isMore,
    hasAfter: forward ? isMore : before !== undefined,
  }
}

async function hasRepliesUpTo(sql: Sql, threadId: string, seq: number): Promise<boolean> {
  const rows = await sql`
    select from chats where thread_id = ${threadId} and seq <= ${seq} limit 1`
  return rows.length > 0
}

/** The threads that I follow in rooms where I am; of each no more than where I am in it. */
export async function myPlaces(sql: Sql, userId: string): Promise<ThreadPlaces> {
  const rows = await sql<
    { thread_id: string; room_id: string; read_seq: Counter; last: Counter }[]
  >`
    select thread_follows.thread_id, thread_follows.room_id, thread_follows.read_seq, heads.last
    from thread_follows
    join members on members.room_id = thread_follows.room_id and members.user_id = thread_follows.user_id
    join chats on chats.id = thread_follows.thread_id
    cross join lateral (
      select (chats.extras #>> '{thread,lastSeq}')::bigint as last,
        chats.extras #>> '{thread,lastAt}' as last_at
    ) heads
    where thread_follows.user_id = ${userId} and thread_follows.follows
      and (chats.extras #>> '{thread,count}')::int > 0
    order by heads.last > thread_follows.read_seq desc, heads.last_at desc
    limit ${placesMax + 1}`
  const places = rows.slice(0, placesMax).map((row) => ({
    roomId: row.room_id,
    threadId: row.thread_id,
    follows: true,
    readSeq: Number(row.read_seq),
    lastSeq: Number(row.last),
  }))
  return { places, isWhole: rows.length <= placesMax }
}

/** The threads that I follow in rooms where I am, the last replied to first. */
export async function myThreads(
  sql: Sql,
  userId: string,
  { cursor, unread = false }: { cursor?: string | undefined; unread?: boolean | undefined },
): Promise<ThreadsPage> {
  const after = cursor ? readCursor(cursor) : null
  const rows = await sql<(ChatRow & PlaceRow & { last_at: string })[]>`
    select ${chatColumns(sql)}, thread_follows.follows, thread_follows.read_seq,
      chats.extras #>> '{thread,lastAt}' as last_at
    from ${chatSource(sql)}
    join thread_follows on thread_follows.thread_id = chats.id
    join members on members.room_id = chats.room_id and members.user_id = thread_follows.user_id
    where thread_follows.user_id = ${userId} and thread_follows.follows
      and (chats.extras #>> '{thread,count}')::int > 0
      ${unread ? sql`and (chats.extras #>> '{thread,lastSeq}')::bigint > thread_follows.read_seq` : sql``}
      ${after ? sql`and (chats.extras #>> '{thread,lastAt}', chats.id) < (${after.name}, ${after.id}::uuid)` : sql``}
    order by chats.extras #>> '{thread,lastAt}' desc, chats.id desc
    limit ${pageSize + 1}`
  const { page, nextCursor } = pageOf(rows, pageSize, ({ last_at, id }) => ({ name: last_at, id }))
  const threads = page.map((row) => {
    const chat = chatOf(row)
    return { chat, place: placeOf(chat, row) }
  })
  return { threads, nextCursor }
}
