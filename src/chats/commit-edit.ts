import type { Sql } from 'postgres'
import { handlesIn } from '../protocol/chats.ts'
import type { EditOp, WriteResult } from '../realtime/ports.ts'
import { chatOf, type ChatRow } from './chat-row.ts'
import { refused } from './refusals.ts'

/** As `commit_edit` of the migration answers, with the sender. All but `status` is null when refused. */
type EditedRow = Omit<ChatRow, 'id' | 'room_id' | 'kind' | 'event'> & {
  status: 'changed' | 'unchanged' | 'not_found' | 'forbidden' | 'room_archived'
}

/**
 * Edits or deletes one chat in one round trip. When nothing changed the answer is the chat as it is:
 * a retry after an unknown result must not hide a row that nobody has been shown yet.
 */
export async function commitEdit(sql: Sql, op: EditOp): Promise<WriteResult> {
  const handles = op.message === null ? '' : handlesIn(op.message).join(',')
  const [row] = await sql<EditedRow[]>`
    select edited.*, users.handle as sender_handle, users.name as sender_name,
      users.avatar_color as sender_color
    from commit_edit(${op.roomId}, ${op.chatId}, ${op.actor.id}, ${op.message}, ${handles}) edited
    left join users on users.id = edited.sender_id`
  if (row === undefined) return refused('internal')
  if (row.status !== 'changed' && row.status !== 'unchanged') return refused(row.status)
  const chat = { ...row, id: op.chatId, room_id: op.roomId, kind: 'text', event: null } as const
  return { ok: true, chats: [chatOf(chat)] }
}
