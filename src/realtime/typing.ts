import type { Connection } from './connection.ts'
import type { LiveRoom } from './live-rooms.ts'
import type { Clock } from './ports.ts'

const tellEachMs = 1_000

interface TypingOptions {
  clock: Clock
  /** Told to the room here; other nodes are to tell theirs. */
  onTold: (roomId: string, userIds: string[]) => void
}

/** Who types where, told at most once a second a room and only to readers who keep up. */
export function createTyping({ clock, onTold }: TypingOptions) {
  const waiting = new Map<LiveRoom, Set<string>>()
  const toldAtMs = new WeakMap<LiveRoom, number>()

  const tell = (room: LiveRoom, userIds: ReadonlySet<string>): void => {
    const text = JSON.stringify({ type: 'typing', roomId: room.id, userIds: [...userIds] })
    const alone = userIds.size === 1
    for (const connection of room.connections) {
      if (connection.isBehind) continue
      if (alone && userIds.has(connection.identity?.user.id ?? '')) continue
      connection.send(text)
    }
  }

  const flush = (): void => {
    for (const [room, userIds] of waiting) {
      if (clock() - (toldAtMs.get(room) ?? Number.NEGATIVE_INFINITY) < tellEachMs) continue
      waiting.delete(room)
      toldAtMs.set(room, clock())
      tell(room, userIds)
      onTold(room.id, [...userIds])
    }
  }

  return {
    typed(connection: Connection, room: LiveRoom): void {
      const userId = connection.identity?.user.id
      if (!userId) return
      const userIds = waiting.get(room) ?? new Set()
      userIds.add(userId)
      waiting.set(room, userIds)
      flush()
    },
    /** Of another node, which tells once a second as well. */
    heard: (room: LiveRoom, userIds: string[]): void => tell(room, new Set(userIds)),
    /** Whoever posts types no more. */
    stopped(room: LiveRoom, userId: string): void {
      waiting.get(room)?.delete(userId)
      if (waiting.get(room)?.size === 0) waiting.delete(room)
    },
    flush,
  }
}
