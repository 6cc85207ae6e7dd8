import type { Sql } from 'postgres'
import { handlesIn } from '../protocol/mentions.ts'
import type { ChatMark, EditOp, MarkOp, WriteResult } from '../realtime/ports.ts'
import { readChats } from './read-chats.ts'
import { refused, type RefusalReason } from './refusals.ts'

type Status = 'changed' | 'unchanged' | Extract<RefusalReason, string>

/** Edits or deletes one chat. */
export async function commitEdit(sql: Sql, op: EditOp): Promise<WriteResult> {
  const handles = op.message === null ? '' : handlesIn(op.message).join(',')
  const [row] = await sql<{ status: Status }[]>`
    select commit_edit(${op.roomId}, ${op.chatId}, ${op.actor.id}, ${op.message}, ${handles}) as status`
  return answerFor(sql, op.chatId, row?.status)
}

/** Sets a reaction or a pin on a chat, or takes it off. */
export async function commitMark(sql: Sql, op: MarkOp): Promise<WriteResult> {
  const [row] = await sql<{ status: Status }[]>`
    select commit_mark(${op.roomId}, ${op.chatId}, ${op.actor.id}, ${op.mark.type},
      ${JSON.stringify(valueOf(op.mark))}::text::jsonb, ${op.on}) as status`
  return answerFor(sql, op.chatId, row?.status)
}

function valueOf(mark: ChatMark) {
  switch (mark.type) {
    case 'reaction':
      return mark.emoji
    case 'links':
      return mark.links
    case 'pin':
      return null
  }
}

/**
 * The chat as it is, and with it the one whose thread it is in and those that quote it, which may have
 * changed along. Also when nothing changed: a retry after an unknown result must not hide a row that nobody was shown yet.
 */
async function answerFor(sql: Sql, chatId: string, status?: Status): Promise<WriteResult> {
  if (status === undefined) return refused('internal')
  if (status !== 'changed' && status !== 'unchanged') return refused(status)
  const [chat] = await readChats(sql, [chatId])
  if (!chat) return refused('internal')
  const more = await readChats(sql, chat.threadId === undefined ? [] : [chat.threadId], chatId)
  return { ok: true, chats: [chat, ...more] }
}
