import { createSignal, onCleanup } from 'solid-js'

/** The server tells of a typist each second while they go on. */
const shownMs = 6_000
const tellEachMs = 3_000

export interface Typing {
  of: (roomId: string) => readonly string[]
  told: (roomId: string, userIds: readonly string[]) => void
  /** They posted: they type no more. */
  stopped: (roomId: string, userId: string) => void
}

type Typists = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Who types where, forgotten by the clock. */
export function createTyping(): Typing {
  const [rooms, setRooms] = createSignal<Typists>(new Map())
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  const update = (roomId: string, change: (typists: Map<string, number>) => void): void => {
    setRooms((held) => {
      const typists = new Map(held.get(roomId))
      change(typists)
      return withRoom(held, roomId, typists)
    })
    clearTimeout(timer)
    const ends = [...rooms().values()].flatMap((typists) => [...typists.values()])
    if (ends.length > 0) timer = setTimeout(expire, Math.min(...ends) - Date.now())
  }

  const expire = (): void => {
    const now = Date.now()
    for (const roomId of rooms().keys()) {
      update(roomId, (typists) => {
        for (const [userId, endsAt] of typists) if (endsAt <= now) typists.delete(userId)
      })
    }
  }

  return {
    of: (roomId) => [...(rooms().get(roomId)?.keys() ?? [])],
    told: (roomId, userIds) =>
      update(roomId, (typists) => {
        for (const userId of userIds) typists.set(userId, Date.now() + shownMs)
      }),
    stopped(roomId, userId) {
      if (rooms().get(roomId)?.has(userId)) update(roomId, (typists) => typists.delete(userId))
    },
  }
}

const withRoom = (held: Typists, roomId: string, typists: Map<string, number>): Typists => {
  const next = new Map(held)
  if (typists.size > 0) next.set(roomId, typists)
  else next.delete(roomId)
  return next
}

export interface TypingTeller {
  typed: (roomId: string) => void
  /** What was typed went out: what follows is news again. */
  sent: (roomId: string) => void
}

/** Says that I type, at most once in three seconds a room. */
export function makeTypingTeller(tell: (roomId: string) => void): TypingTeller {
  const toldAt = new Map<string, number>()
  return {
    typed(roomId) {
      const now = Date.now()
      if (now - (toldAt.get(roomId) ?? 0) < tellEachMs) return
      toldAt.set(roomId, now)
      tell(roomId)
    },
    sent: (roomId) => void toldAt.delete(roomId),
  }
}
