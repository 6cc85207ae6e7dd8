import type { MyRoom } from '../../src/protocol/rooms.ts'
import type { UserSettings } from '../../src/protocol/settings.ts'
import { compareNames } from '../i18n/format.ts'

/** A part of the sidebar. `favourites` and `own` stand in the order I gave them, the others by themselves. */
export interface SidebarPart {
  /** Of an own section; the other kinds are there once. */
  id: string
  kind: 'favourites' | 'own' | 'rooms' | 'directs'
  /** What I called an own section; '' for the others. */
  name: string
  rooms: MyRoom[]
}

type Arrangement = Pick<UserSettings, 'favourites' | 'sections'>

const lastActive = (room: MyRoom): string => room.lastChatAt ?? room.createdAt

/**
 * My rooms as the sidebar has them, each once: favourites, own sections, then other rooms by name and
 * direct rooms by their last chat. Archived ones are hidden; favourites are a part once there are any.
 */
export function arrange(all: readonly MyRoom[], mine: Arrangement): SidebarPart[] {
  const left = new Map(
    all.filter((room) => room.archivedAt === null).map((room) => [room.id, room]),
  )
  const take = (ids: readonly string[]): MyRoom[] =>
    ids.flatMap((id) => {
      const room = left.get(id)
      left.delete(id)
      return room ?? []
    })
  const favourites = take(mine.favourites ?? [])
  const own = (mine.sections ?? []).map(({ id, name, roomIds }) => ({
    id,
    kind: 'own' as const,
    name,
    rooms: take(roomIds),
  }))
  const others = [...left.values()]
  const rooms = others
    .filter((room) => room.kind !== 'direct')
    .sort((a, b) => compareNames(a.name, b.name))
  const directs = others
    .filter((room) => room.kind === 'direct')
    .sort((a, b) => lastActive(b).localeCompare(lastActive(a)))
  return [
    ...(favourites.length > 0 ? [fixed('favourites', favourites)] : []),
    ...own,
    fixed('rooms', rooms),
    fixed('directs', directs),
  ]
}

const fixed = (kind: 'favourites' | 'rooms' | 'directs', rooms: MyRoom[]): SidebarPart => ({
  id: kind,
  kind,
  name: '',
  rooms,
})

/** Where a room goes: a part by its id (`rooms` and `directs` mean out of all others), before a room of it or at its end. */
export interface Target {
  partId: string
  before: string | null
}

/** The settings after a room moved. */
export function withRoomMoved(
  mine: Arrangement,
  roomId: string,
  to: Target,
): Required<Arrangement> {
  const placed = (partId: string, ids: readonly string[]): string[] => {
    const others = ids.filter((id) => id !== roomId)
    if (partId !== to.partId) return others
    const at = to.before === null ? -1 : others.indexOf(to.before)
    return at === -1 ? [...others, roomId] : others.toSpliced(at, 0, roomId)
  }
  return {
    favourites: placed('favourites', mine.favourites ?? []),
    sections: (mine.sections ?? []).map((section) => ({
      ...section,
      roomIds: placed(section.id, section.roomIds),
    })),
  }
}

/** Where a room of an ordered part goes one step up or down; null at its end, or where order is not mine. */
export function stepTarget(part: SidebarPart, roomId: string, step: 1 | -1): Target | null {
  if (!isOrdered(part)) return null
  const at = part.rooms.findIndex((room) => room.id === roomId)
  const beside = part.rooms[at + step]
  if (at === -1 || !beside) return null
  const before = step === -1 ? beside.id : (part.rooms[at + 2]?.id ?? null)
  return { partId: part.id, before }
}

export const isOrdered = (part: Pick<SidebarPart, 'kind'>): boolean =>
  part.kind === 'favourites' || part.kind === 'own'

export type OwnSection = NonNullable<UserSettings['sections']>[number]

/** The sections after one changed: renamed, moved by a step, or taken away (`null`). */
export function withSection(
  sections: readonly OwnSection[],
  id: string,
  change: { name: string } | { step: 1 | -1 } | null,
): OwnSection[] {
  if (change === null) return sections.filter((section) => section.id !== id)
  if ('name' in change)
    return sections.map((section) => (section.id === id ? { ...section, ...change } : section))
  const at = sections.findIndex((section) => section.id === id)
  const section = sections[at]
  const isPossible = section !== undefined && sections[at + change.step] !== undefined
  if (!isPossible) return [...sections]
  return sections.toSpliced(at, 1).toSpliced(at + change.step, 0, section)
}
