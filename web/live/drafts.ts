import { createSignal } from 'solid-js'
import { makeShelf } from './storage.ts'

export interface Drafts {
  has: (roomId: string) => boolean
  get: (roomId: string) => string
  set: (roomId: string, text: string) => void
}

/** Text not sent yet, by room, over reloads. Reactive is only whether there is any, for the mark. */
export function createDrafts(userId: string): Drafts {
  const shelf = makeShelf(`parley.draft.${userId}.`)
  const [rooms, setRooms] = createSignal<ReadonlySet<string>>(new Set(shelf.keys()))
  return {
    has: (roomId) => rooms().has(roomId),
    get: (roomId) => shelf.get(roomId) ?? '',
    set(roomId, text) {
      const isEmpty = text.trim() === ''
      if (isEmpty) shelf.remove(roomId)
      else shelf.set(roomId, text)
      if (rooms().has(roomId) !== isEmpty) return
      setRooms((held) => {
        const next = new Set(held)
        if (isEmpty) next.delete(roomId)
        else next.add(roomId)
        return next
      })
    },
  }
}
