import type { Sql } from 'postgres'
import { everyoneIn, handlesIn } from '../protocol/mentions.ts'
import type { PostOp, WriteResult } from '../realtime/ports.ts'
import { readChats } from './read-chats.ts'
import { refused, type RefusalReason } from './refusals.ts'

type Status = 'stored' | 'dup' | Extract<RefusalReason, string>

/** Whether a post concerns more than its room's counters: other chats, files, or everyone. */
export const isLinked = ({ threadId, replyToId, fileIds, message }: PostOp): boolean =>
  threadId !== undefined ||
  replyToId !== undefined ||
  (fileIds !== undefined && fileIds.length > 0) ||
  everyoneIn(message) !== undefined

/** Stores such a post. The chat that its thread hangs on changes along. */
export async function commitLinked(sql: Sql, post: PostOp): Promise<WriteResult> {
  const { id, roomId, sender, cid, message, fileIds = [], hereIds = [] } = post
  const { threadId = null, inRoom = false, replyToId = null } = post
  const everyone = everyoneIn(message) ?? null
  const [row] = await sql<{ status: Status; id: string | null }[]>`
    select * from commit_linked(${id}, ${roomId}, ${sender.id}, ${cid}, ${message},
      ${handlesIn(message).join(',')}, ${threadId}, ${threadId !== null && inRoom}, ${replyToId},
      ${[...new Set(fileIds)]}::uuid[], ${everyone}, ${everyone === 'here' ? hereIds : []}::uuid[])`
  if (!row) return refused('internal')
  if (row.status !== 'stored' && row.status !== 'dup') return refused(row.status)
  const [chat] = await readChats(sql, [row.id ?? id])
  if (!chat) return refused('internal')
  const root = threadId === null ? [] : await readChats(sql, [threadId])
  return { ok: true, chats: [chat, ...root], ...(row.status === 'dup' && { dup: true }) }
}
