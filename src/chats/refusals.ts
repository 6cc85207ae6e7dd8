import type { WriteResult } from '../realtime/ports.ts'

/** Why a write was refused, in words for whoever asked. */
const messages = {
  not_found: 'There is no such room or chat.',
  not_member: 'Join the room first.',
  room_archived: 'The room is archived.',
  cid_conflict: 'This cid was used for another chat.',
  forbidden: 'You may not do that.',
  last_owner: 'Make another member an owner first.',
  name_taken: 'A room with this name, or one that looks like it, exists.',
  conflict: 'A direct conversation has no members to manage and no name.',
  invalid: 'There is no such user.',
  internal: 'This could not be stored.',
} as const

export type RefusalCode = keyof typeof messages
export type Refusal = Extract<WriteResult, { ok: false }>

export const refused = (code: RefusalCode): Refusal => ({
  ok: false,
  error: { code, message: messages[code] },
})
