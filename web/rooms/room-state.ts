import type { MyRoom } from '../../src/protocol/rooms.ts'
import { formatList } from '../i18n/format.ts'

/** What a room is called: direct rooms are named after their people. */
export const roomTitle = (room: MyRoom): string =>
  room.kind === 'direct' ? formatList(room.people.map((person) => person.name)) : room.name

/** The room's address in this client. */
export const roomPath = (room: Pick<MyRoom, 'id' | 'slug'>): string =>
  room.slug === null ? `/d/${room.id}` : `/r/${encodeURIComponent(room.slug)}`

/** Unread is a comparison, never a counter that can drift. */
export const isUnread = (room: MyRoom): boolean => room.lastMainSeq > room.readSeq

/** I asked not to be told of it: dim, and it calls for nothing. */
export const isMuted = (room: MyRoom): boolean => room.preferences.muted

/** Unread, and I want to hear of it. */
export const isWaiting = (room: MyRoom): boolean => isUnread(room) && !isMuted(room)

/** What the badge shows: mentions; in a direct room every unread chat is meant for me. Muted, nothing. */
export function badgeOf(room: MyRoom): number {
  if (isMuted(room)) return 0
  return room.kind === 'direct'
    ? Math.max(0, room.lastMainSeq - room.readSeq)
    : room.mentionSeqs.filter((seq) => seq > room.readSeq).length
}

export const totalBadge = (rooms: readonly MyRoom[]): number =>
  rooms.reduce((sum, room) => sum + (room.archivedAt === null ? badgeOf(room) : 0), 0)

/** The room `step` places from `currentId` in `order`, round the end; with `unreadOnly`, the nearest that waits for me. */
export function neighbour(
  order: readonly MyRoom[],
  currentId: string | undefined,
  step: 1 | -1,
  unreadOnly = false,
): MyRoom | undefined {
  const at = order.findIndex((room) => room.id === currentId)
  const start = at === -1 && step === -1 ? 0 : at
  for (let away = 1; away <= order.length; away += 1) {
    const room = order[(start + step * away + order.length * 2) % order.length]
    if (room && room.id !== currentId && (!unreadOnly || isWaiting(room))) return room
  }
  return undefined
}
