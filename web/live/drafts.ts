import { createMemo, createSignal } from 'solid-js'
import { makeShelf } from './storage.ts'

/** A place is a room's id, or `roomId/threadId`. */
export interface Drafts {
  has: (place: string) => boolean
  /** Whether there is any in the room or in a thread of it. */
  hasIn: (roomId: string) => boolean
  get: (place: string) => string
  set: (place: string, text: string) => void
}

/** Text not sent yet, by place, over reloads. Reactive is only whether there is any, for the mark. */
export function createDrafts(userId: string): Drafts {
  const shelf = makeShelf(`parley.draft.${userId}.`)
  const [places, setPlaces] = createSignal<ReadonlySet<string>>(new Set(shelf.keys()))
  const rooms = createMemo(() => new Set(Array.from(places(), (place) => place.split('/')[0])))
  return {
    has: (place) => places().has(place),
    hasIn: (roomId) => rooms().has(roomId),
    get: (place) => shelf.get(place) ?? '',
    set(place, text) {
      const isEmpty = text.trim() === ''
      if (isEmpty) shelf.remove(place)
      else shelf.set(place, text)
      if (places().has(place) !== isEmpty) return
      setPlaces((held) => {
        const next = new Set(held)
        if (isEmpty) next.delete(place)
        else next.add(place)
        return next
      })
    },
  }
}
