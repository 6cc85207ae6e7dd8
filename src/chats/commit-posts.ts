import type { Sql } from 'postgres'
import type { Chat } from '../protocol/chats.ts'
import { handlesIn } from '../protocol/mentions.ts'
import type { PostOp, WriteResult } from '../realtime/ports.ts'
import { time, timeOrNull, type Counter } from './chat-row.ts'
import { refused } from './refusals.ts'
import { isDataError, violatedIndex } from '../db/sql-errors.ts'

/** One row a post, as `commit_posts` and `commit_post` of the migrations answer. */
interface CommittedPost {
  status: 'stored' | 'dup' | 'twin' | 'cid_conflict' | 'not_found' | 'not_member' | 'room_archived'
  /** Of a dup, the original's; null for one that was stored as it came. */
  id: string | null
  message: string | null
  seq: Counter
  rev: Counter
  /** Null for none. */
  mentions: string[] | null
  created_at: Date
  edited_at: Date | null
  deleted_at: Date | null
}

/**
 * Stores `posts` in order, in one transaction and one round trip, and answers for each. Rejects
 * when the result is unknown, or when the database can't take writes now; asking again is safe.
 */
export async function commitPosts(sql: Sql, posts: PostOp[]): Promise<WriteResult[]> {
  const rows = await store(sql, posts)
  const results = posts.map((): WriteResult => refused('internal'))
  const twins: number[] = []
  for (const [at, post] of posts.entries()) {
    const row = rows[at]
    if (row?.status === 'twin') twins.push(at)
    else results[at] = row ? resultOf(post, row) : refused('internal')
  }
  // The same (sender, cid) came twice in one batch. The first of them is settled now, so asking
  // again tells whether each later one is its duplicate or something else under the same name.
  if (twins.length > 0) {
    const settled = await commitPosts(
      sql,
      twins.flatMap((at) => posts[at] ?? []),
    )
    for (const [n, at] of twins.entries()) results[at] = settled[n] ?? refused('internal')
  }
  return results
}

/** Null stands for a post that the database will never take. */
async function store(sql: Sql, posts: PostOp[], raced = false): Promise<(CommittedPost | null)[]> {
  const [only] = posts
  try {
    if (only && posts.length === 1) {
      return await sql<CommittedPost[]>`select * from commit_post(
        ${only.id}, ${only.roomId}, ${only.sender.id}, ${only.cid}, ${only.message},
        ${handlesIn(only.message).join(',')})`
    }
    return await sql<CommittedPost[]>`select * from commit_posts(
      ${posts.map((post) => post.id)}, ${posts.map((post) => post.roomId)},
      ${posts.map((post) => post.sender.id)}, ${posts.map((post) => post.cid)},
      ${posts.map((post) => post.message)},
      ${posts.map((post) => handlesIn(post.message).join(','))})`
  } catch (error) {
    // Another node stored one of these cids in another room at the same moment: now it is visible.
    if (violatedIndex(error) !== undefined && !raced) return store(sql, posts, true)
    if (!isDataError(error)) throw error
    if (posts.length === 1) return [null]
    // One bad row must not take the whole batch with it, again and again.
    const rows: (CommittedPost | null)[] = []
    for (const post of posts) rows.push(...(await store(sql, [post])))
    return rows
  }
}

function resultOf(post: PostOp, row: CommittedPost): WriteResult {
  if (row.status === 'twin') return refused('cid_conflict')
  if (row.status !== 'stored' && row.status !== 'dup') return refused(row.status)
  const chat: Chat = {
    id: row.id ?? post.id,
    roomId: post.roomId,
    seq: Number(row.seq),
    rev: Number(row.rev),
    kind: 'text',
    sender: post.sender,
    cid: post.cid,
    message: row.message ?? post.message,
    event: null,
    mentions: row.mentions ?? [],
    createdAt: time(row.created_at),
    editedAt: timeOrNull(row.edited_at),
    deletedAt: timeOrNull(row.deleted_at),
  }
  return row.status === 'dup' ? { ok: true, chats: [chat], dup: true } : { ok: true, chats: [chat] }
}
