import type { MyRoom, RoomRole } from '../../src/protocol/rooms.ts'

export type MemberAction =
  | { type: 'message' }
  | { type: 'role'; role: RoomRole }
  | { type: 'remove' }

/** What I may do to a member of a room. The server decides; this only keeps refusals out of the menu. */
export function memberActions(
  room: Pick<MyRoom, 'kind' | 'role' | 'archivedAt'>,
  member: { role: RoomRole; isMe: boolean },
): MemberAction[] {
  const message: MemberAction[] = member.isMe ? [] : [{ type: 'message' }]
  const isAdmin = room.role === 'owner' || room.role === 'admin'
  if (!isAdmin || room.kind === 'direct' || room.archivedAt !== null || member.isMe) return message
  if (member.role === 'owner' && room.role !== 'owner') return message
  const roles: RoomRole[] =
    room.role === 'owner' ? ['owner', 'admin', 'member'] : ['admin', 'member']
  const others = roles.filter((role) => role !== member.role)
  return [
    ...message,
    ...others.map((role) => ({ type: 'role', role }) as const),
    { type: 'remove' },
  ]
}
