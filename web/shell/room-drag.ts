import { createSignal, type Accessor } from 'solid-js'
import { isOrdered, type SidebarPart, type Target } from './arrangement.ts'

/** Where a dragged room would land, and where the line that shows it stands, from the top of the list in pixels. */
export interface Drop {
  target: Target
  /** Null for parts with an order of their own: the part as a whole is marked. */
  lineTop: number | null
}

export interface RoomDrag {
  /** The room under the pointer's hold. */
  dragged: Accessor<string | null>
  drop: Accessor<Drop | null>
  start: (event: DragEvent) => void
  over: (event: DragEvent) => void
  leave: (event: DragEvent) => void
  end: () => void
  dropped: (event: DragEvent) => void
}

/**
 * Dragging rooms by the browser's own drag and drop, heard at the list for all rows: `data-room`
 * names a row's room, `data-part` its part. The keyboard's way is the room's menu.
 */
export function createRoomDrag(of: {
  parts: Accessor<readonly SidebarPart[]>
  move: (roomId: string, target: Target) => void
}): RoomDrag {
  const [dragged, setDragged] = createSignal<string | null>(null)
  const [drop, setDrop] = createSignal<Drop | null>(null, { equals: isSameDrop })
  const end = (): void => {
    setDragged(null)
    setDrop(null)
  }
  return {
    dragged,
    drop,
    end,
    start: (event) => {
      const id = rowOf(event.target)?.dataset['room']
      if (id === undefined || !event.dataTransfer) return
      event.dataTransfer.effectAllowed = 'copyMove'
      // A change of the page under the pointer, in this very tick, would end the drag.
      setTimeout(() => setDragged(id))
    },
    over: (event) => {
      const id = dragged()
      const next = id === null ? null : dropAt(event, id, of.parts())
      setDrop(next)
      if (next) event.preventDefault()
    },
    leave: (event) => {
      const list = event.currentTarget
      const isGone =
        list instanceof Node &&
        !(event.relatedTarget instanceof Node && list.contains(event.relatedTarget))
      if (isGone) setDrop(null)
    },
    dropped: (event) => {
      const id = dragged()
      const to = drop()
      end()
      if (id === null || !to) return
      event.preventDefault()
      of.move(id, to.target)
    },
  }
}

function dropAt(event: DragEvent, id: string, parts: readonly SidebarPart[]): Drop | null {
  if (!(event.target instanceof Element)) return null
  const partId = event.target.closest<HTMLElement>('[data-part]')?.dataset['part']
  const list = event.currentTarget
  if (partId === undefined || !(list instanceof Element)) return null
  const part = parts.find((each) => each.id === partId)
  // Favourites that are none yet have a place to drop at, and no part.
  if (!part) return { target: { partId, before: null }, lineTop: null }
  if (!isOrdered(part))
    return { target: { partId: homeOf(id, parts), before: null }, lineTop: null }

  const row = rowOf(event.target)
  const box = row?.getBoundingClientRect()
  const isUpper = box !== undefined && event.clientY < box.top + box.height / 2
  const at = part.rooms.findIndex((room) => room.id === row?.dataset['room'])
  const beforeAt = at === -1 ? 0 : isUpper ? at : at + 1
  const head = event.target.closest('[data-part]')?.querySelector('[data-part-head]')
  const edge = box ? (isUpper ? box.top : box.bottom) : head?.getBoundingClientRect().bottom
  const top = list.getBoundingClientRect().top
  return {
    target: { partId, before: part.rooms[beforeAt]?.id ?? null },
    lineTop: edge === undefined ? null : Math.round(edge - top + list.scrollTop),
  }
}

/** The part that takes a room that is in none of mine. */
const homeOf = (id: string, parts: readonly SidebarPart[]): string =>
  parts.some(({ rooms }) => rooms.some((room) => room.id === id && room.kind === 'direct'))
    ? 'directs'
    : 'rooms'

const rowOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-room]') : null

const isSameDrop = (a: Drop | null, b: Drop | null): boolean =>
  a?.lineTop === b?.lineTop &&
  a?.target.partId === b?.target.partId &&
  a?.target.before === b?.target.before
