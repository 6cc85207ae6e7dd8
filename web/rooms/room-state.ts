import type { MyRoom } from '../../src/protocol/rooms.ts'

const names = new Intl.ListFormat('en', { style: 'short', type: 'unit' })

/** What a room is called: direct rooms are named after their people. */
export const roomTitle = (room: MyRoom): string =>
  room.kind === 'direct' ? names.format(room.people.map((person) => person.name)) : room.name

/** The room's address in this client. */
export const roomPath = (room: Pick<MyRoom, 'id' | 'slug'>): string =>
  room.slug === null ? `/d/${room.id}` : `/r/${encodeURIComponent(room.slug)}`

/** Unread is a comparison, never a counter that can drift. */
export const isUnread = (room: MyRoom): boolean => room.lastMainSeq > room.readSeq

/** What the badge shows: mentions; in a direct room every unread chat is meant for me. */
export const badgeOf = (room: MyRoom): number =>
  room.kind === 'direct'
    ? Math.max(0, room.lastMainSeq - room.readSeq)
    : room.mentionSeqs.filter((seq) => seq > room.readSeq).length

export const totalBadge = (rooms: readonly MyRoom[]): number =>
  rooms.reduce((sum, room) => sum + (room.archivedAt === null ? badgeOf(room) : 0), 0)

export interface RoomSections {
  rooms: MyRoom[]
  directs: MyRoom[]
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** The sidebar's order: rooms by name, direct rooms by their last chat; archived ones are hidden. */
export function sectionsOf(all: readonly MyRoom[]): RoomSections {
  const open = all.filter((room) => room.archivedAt === null)
  return {
    rooms: open
      .filter((room) => room.kind !== 'direct')
      .sort((a, b) => byName.compare(a.name, b.name)),
    directs: open
      .filter((room) => room.kind === 'direct')
      .sort((a, b) => lastActive(b).localeCompare(lastActive(a))),
  }
}

const lastActive = (room: MyRoom): string => room.lastChatAt ?? room.createdAt

/** The room `step` places from `currentId` in `order`, round the end; with `unreadOnly`, the nearest unread one. */
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
    if (room && room.id !== currentId && (!unreadOnly || isUnread(room))) return room
  }
  return undefined
}
