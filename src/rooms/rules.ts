import type { RefusalReason } from '../chats/refusals.ts'
import type { RoomKind, RoomRole } from '../protocol/rooms.ts'

/** What the rules look at. `role` is the actor's, null for those who are not members. */
export interface Standing {
  kind: RoomKind
  archived: boolean
  role: RoomRole | null
  owners: number
  memberCount: number
}

/** A rule's answer: null allows. */
type Verdict = RefusalReason | null

const isAdmin = (role: RoomRole | null) => role === 'owner' || role === 'admin'
const isLastOwner = ({ role, owners }: Standing) => role === 'owner' && owners === 1

/** A room that one may not see does not exist (design: a room that a user may not see answers 404). */
export const maySee = ({ kind, role }: Pick<Standing, 'kind' | 'role'>): Verdict =>
  role === null && kind !== 'public' ? 'not_found' : null

/** Before any change but joining and leaving: see it, be in it, and it is neither direct nor archived. */
function mayChange(room: Standing): Verdict {
  if (room.role === null) return maySee(room) ?? 'not_member'
  if (room.kind === 'direct') return 'direct_room'
  return room.archived ? 'room_archived' : null
}

export const mayJoin = (room: Standing): Verdict =>
  maySee(room) ?? (room.archived ? 'room_archived' : null)

/** The last owner leaves only an empty room behind; an archived room may be left. */
export function mayLeave(room: Standing): Verdict {
  if (room.kind === 'direct') return maySee(room) ?? 'direct_room'
  return isLastOwner(room) && room.memberCount > 1 ? 'last_owner' : null
}

/** Every member may bring people in. */
export const mayAdd = (room: Standing): Verdict => mayChange(room)

export function mayRemove(room: Standing, target: RoomRole): Verdict {
  const verdict = mayChange(room)
  if (verdict) return verdict
  if (!isAdmin(room.role)) return 'needs_admin'
  return target === 'owner' && room.role !== 'owner' ? 'needs_owner' : null
}

/** Owners give and take every role; admins make members admins and back. */
export function mayGiveRole(
  room: Standing,
  { from, to, self }: { from: RoomRole; to: RoomRole; self: boolean },
): Verdict {
  const verdict = mayChange(room)
  if (verdict) return verdict
  if (!isAdmin(room.role)) return 'needs_admin'
  if ((from === 'owner' || to === 'owner') && room.role !== 'owner') return 'needs_owner'
  return self && to !== 'owner' && isLastOwner(room) ? 'last_owner' : null
}

/** Every member may set the topic; name and archive are for owners and admins. An archived room takes nothing but its return. */
export function mayUpdate(
  room: Standing,
  change: { name?: string; topic?: string; archived?: boolean },
): Verdict {
  const returns = change.archived === false
  const verdict = mayChange(returns ? { ...room, archived: false } : room)
  // Archiving what is archived is no change, so it is no refusal either.
  const asksNothing = change.name === undefined && change.topic === undefined
  if (verdict === 'room_archived' && change.archived === true && asksNothing) return null
  if (verdict) return verdict
  if (isAdmin(room.role)) return null
  return change.name !== undefined || change.archived !== undefined ? 'needs_admin' : null
}
