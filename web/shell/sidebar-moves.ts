import { createSignal, type Accessor } from 'solid-js'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { roomTitle } from '../rooms/room-state.ts'
import type { MySettings } from '../settings/user-settings.ts'
import { toasts } from '../toasts.ts'
import {
  isOrdered,
  withRoomMoved,
  withSection,
  type OwnSection,
  type SidebarPart,
  type Target,
} from './arrangement.ts'
import { newId } from './new-id.ts'

/** What I can do to the order of the sidebar. */
export interface SidebarMoves {
  move: (room: MyRoom, target: Target) => void
  /** A new section, with a room in it when one is given. */
  addSection: (name: string, room?: MyRoom) => void
  changeSection: (id: string, change: { name: string } | { step: 1 | -1 }) => void
  removeSection: (part: SidebarPart) => void
  /** What just happened, for those who do not see it. */
  told: Accessor<string>
}

export const partTitle = (part: Pick<SidebarPart, 'kind' | 'name'>): string => {
  switch (part.kind) {
    case 'own':
      return part.name
    case 'favourites':
      return t('sidebar.favourites')
    case 'rooms':
      return t('shell.rooms')
    case 'directs':
      return t('shell.directs')
  }
  return part.kind satisfies never
}

export function createSidebarMoves(of: {
  mine: MySettings
  parts: Accessor<readonly SidebarPart[]>
}): SidebarMoves {
  const [told, setTold] = createSignal('')
  const sections = (): readonly OwnSection[] => of.mine.settings().sections ?? []

  const partOf = (room: MyRoom): SidebarPart | undefined =>
    of.parts().find(({ rooms }) => rooms.some(({ id }) => id === room.id))
  const tell = (room: MyRoom): void => {
    const part = partOf(room)
    if (!part) return
    const names = { room: roomTitle(room), section: partTitle(part) }
    const place = part.rooms.findIndex(({ id }) => id === room.id) + 1
    setTold(isOrdered(part) ? t('sidebar.movedTo', { ...names, place }) : t('sidebar.moved', names))
  }
  const move = (room: MyRoom, target: Target): void => {
    const hadFocus = rowOf(room)?.contains(document.activeElement) === true
    void of.mine.change(withRoomMoved(of.mine.settings(), room.id, target))
    tell(room)
    // A row that moves in the document loses the focus on its way. One that went out of sight is not there.
    if (hadFocus) (rowOf(room)?.querySelector('a') ?? headOf(partOf(room)))?.focus()
  }

  return {
    told,
    move,
    addSection: (name, room) => {
      const made: OwnSection = { id: newId(), name, roomIds: [] }
      const next = { ...of.mine.settings(), sections: [...sections(), made] }
      const moved = room && withRoomMoved(next, room.id, { partId: made.id, before: null })
      void of.mine.change(moved ?? { sections: next.sections })
    },
    changeSection: (id, change) =>
      void of.mine.change({ sections: withSection(sections(), id, change) }),
    removeSection: (part) => {
      const before = [...sections()]
      void of.mine.change({ sections: withSection(before, part.id, null) })
      toasts.show(t('sidebar.sectionRemoved', { section: part.name }), {
        action: {
          label: t('shell.undo'),
          run: () => void of.mine.change({ sections: before }),
        },
      })
    },
  }
}

const rowOf = ({ id }: MyRoom): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-room="${id}"]`)

const headOf = (part: SidebarPart | undefined): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-part="${part?.id}"] [data-part-head] button`)
