import { AppError, type ErrorCode } from '../protocol/errors.ts'
import type { WriteResult } from '../realtime/ports.ts'

/** Why a write is refused, with what whoever asked is told. */
const refusals = {
  not_found: { code: 'not_found', message: 'There is no such room or chat.' },
  no_such_chat: { code: 'not_found', message: 'There is no such chat to answer in this room.' },
  no_such_file: {
    code: 'not_found',
    message: 'A file is not yours, not for this room, or used already.',
  },
  empty: { code: 'invalid', message: 'message: must not be empty' },
  too_many: { code: 'conflict', message: 'This chat has as many different reactions as fit.' },
  not_member: { code: 'not_member', message: 'Join the room first.' },
  room_archived: { code: 'room_archived', message: 'The room is archived.' },
  cid_conflict: { code: 'cid_conflict', message: 'This cid was used for another chat.' },
  forbidden: { code: 'forbidden', message: 'You may not do that.' },
  needs_admin: { code: 'forbidden', message: 'Only owners and admins of the room may do that.' },
  needs_owner: { code: 'forbidden', message: 'Only owners of the room may do that.' },
  last_owner: { code: 'last_owner', message: 'Make another member an owner first.' },
  name_taken: { code: 'name_taken', message: 'A room has this name, or one that looks like it.' },
  direct_room: { code: 'conflict', message: 'A direct conversation stays as it was made.' },
  no_such_user: { code: 'not_found', message: 'There is no such user.' },
  no_such_member: { code: 'not_found', message: 'This user is not a member of the room.' },
  internal: { code: 'internal', message: 'This could not be stored.' },
} as const satisfies Record<string, { code: ErrorCode; message: string }>

export type RefusalReason = keyof typeof refusals

/** As the live core answers. */
export const refused = (reason: RefusalReason): Extract<WriteResult, { ok: false }> => ({
  ok: false,
  error: refusals[reason],
})

/** As a route throws. */
export const refusal = (reason: RefusalReason, cause?: unknown): AppError =>
  new AppError(refusals[reason].code, refusals[reason].message, { cause })
