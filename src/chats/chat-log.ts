import type { Sql } from 'postgres'
import type { ChatLog, PostOp, WriteOp, WriteResult } from '../realtime/ports.ts'
import { commitRoomChange } from '../rooms/room-changes.ts'
import { chatColumns, chatOf, chatSource, type ChatRow, type Counter } from './chat-row.ts'
import { commitEdit, commitMark } from './commit-edit.ts'
import { commitPosts } from './commit-posts.ts'
import { commitLinked, isLinked } from './commit-linked.ts'
import { refused } from './refusals.ts'
import { isDataError } from '../db/sql-errors.ts'

interface ChatLogOptions {
  /** For reads: a client of its own, not the one that Drizzle wraps. */
  sql: Sql
  /**
   * For commits: one connection. Only one is in flight anyway, and so its plans stay warm instead of
   * being made anew on each connection of a pool.
   */
  writer: Sql
  /** Names system chats; posts bring their ids. */
  newId: () => string
}

/** The log of chats in Postgres. */
export function createChatLog({ sql, writer, newId }: ChatLogOptions): ChatLog {
  return {
    commit: (ops) => commit(writer, newId, ops),
    changesAfter: (roomId, after, limit) => changesAfter(sql, roomId, after, limit),
    newest: (roomId, limit) => newest(sql, roomId, limit),
  }
}

/** Neighbouring posts go in one transaction; every other write has its own. */
async function commit(sql: Sql, newId: () => string, ops: WriteOp[]): Promise<WriteResult[]> {
  const results: WriteResult[] = []
  let posts: PostOp[] = []
  const commitWaiting = async () => {
    if (posts.length === 0) return
    results.push(...(await commitPosts(sql, posts)))
    posts = []
  }
  for (const op of ops) {
    if (op.kind === 'post' && !isLinked(op)) {
      posts.push(op)
      continue
    }
    await commitWaiting()
    results.push(await settled(commitOne(sql, newId, op)))
  }
  await commitWaiting()
  return results
}

function commitOne(sql: Sql, newId: () => string, op: WriteOp): Promise<WriteResult> {
  switch (op.kind) {
    case 'post':
      return commitLinked(sql, op)
    case 'edit':
      return commitEdit(sql, op)
    case 'mark':
      return commitMark(sql, op)
    case 'room':
      break
  }
  return commitRoomChange(sql, newId, op)
}

/** A row that the database can never take is an answer, not an unknown result. */
async function settled(write: Promise<WriteResult>): Promise<WriteResult> {
  try {
    return await write
  } catch (error) {
    if (isDataError(error)) return refused('internal')
    throw error
  }
}

/** One statement, so that the counters and the chats are of one snapshot. A room without chats has one row of nulls. */
type RoomWithChat = { head: Counter; last_seq: Counter } & (ChatRow | { id: null })

const chatsOf = (rows: RoomWithChat[]) =>
  rows.flatMap((row) => (row.id === null ? [] : [chatOf(row)]))

async function changesAfter(sql: Sql, roomId: string, after: number, limit: number) {
  const rows = await sql<RoomWithChat[]>`
    select rooms.head, rooms.last_seq, changed.*
    from rooms left join lateral (
      select ${chatColumns(sql)}
      from ${chatSource(sql)}
      where chats.room_id = rooms.id and chats.rev > ${after}
      order by chats.rev limit ${limit}
    ) changed on true
    where rooms.id = ${roomId}
    order by changed.rev`
  return { chats: chatsOf(rows), head: Number(rows[0]?.head ?? 0) }
}

async function newest(sql: Sql, roomId: string, limit: number) {
  const rows = await sql<RoomWithChat[]>`
    select rooms.head, rooms.last_seq, page.*
    from rooms left join lateral (
      select ${chatColumns(sql)}
      from ${chatSource(sql)}
      where chats.room_id = rooms.id
      order by chats.seq desc limit ${limit}
    ) page on true
    where rooms.id = ${roomId}
    order by page.seq`
  const [first] = rows
  return {
    chats: chatsOf(rows),
    head: Number(first?.head ?? 0),
    lastSeq: Number(first?.last_seq ?? 0),
  }
}
