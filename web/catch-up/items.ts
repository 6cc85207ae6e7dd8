import type { Chat } from '../../src/protocol/chats.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { badgeOf, isWaiting } from '../rooms/room-state.ts'

/** One thing to catch up with: a room, or the replies in a thread. */
export interface Item {
  key: string
  roomId: string
  /** The chat that the thread hangs on; null for a room. */
  root: Chat | null
  /** Read up to here: what is new begins behind it. */
  readSeq: number
  lastSeq: number
}

/** A thread that waits, with my place in it. */
export interface WaitingThread {
  root: Chat
  readSeq: number
  lastSeq: number
}

/** What waits for me: rooms where somebody calls me, then threads, then other rooms in the order given. */
export function waitingItems(rooms: readonly MyRoom[], threads: readonly WaitingThread[]): Item[] {
  const waiting = rooms.filter((room) => isWaiting(room) && room.archivedAt === null)
  const isCall = (room: MyRoom): boolean => badgeOf(room) > 0
  return [
    ...waiting.filter(isCall).map(roomItem),
    ...threads.map(({ root, readSeq, lastSeq }) => ({
      key: `thread:${root.id}`,
      roomId: root.roomId,
      root,
      readSeq,
      lastSeq,
    })),
    ...waiting.filter((room) => !isCall(room)).map(roomItem),
  ]
}

const roomItem = ({ id, readSeq, lastMainSeq }: MyRoom): Item => ({
  key: `room:${id}`,
  roomId: id,
  root: null,
  readSeq,
  lastSeq: lastMainSeq,
})

/** Up to which seq I said of each item that it is done. */
export type Done = ReadonlyMap<string, number>

export const isDone = (item: Item, done: Done): boolean =>
  (done.get(item.key) ?? -1) >= item.lastSeq

/**
 * The list after a change: what is held keeps its place, as it waits now, or as it was done here; what
 * is new comes last, so that nothing moves under the reader.
 */
export function keptItems(held: readonly Item[], waiting: readonly Item[], done: Done): Item[] {
  const now = new Map(waiting.map((item) => [item.key, item]))
  const kept = held.flatMap((item) => now.get(item.key) ?? (isDone(item, done) ? item : []))
  const keys = new Set(kept.map(({ key }) => key))
  return [...kept, ...waiting.filter(({ key }) => !keys.has(key))]
}

/** The item `step` away from `key`; past an end it stays. With nothing to start from, the first. */
export function besides(
  items: readonly Item[],
  key: string | null,
  step: 1 | -1,
): Item | undefined {
  const at = items.findIndex((item) => item.key === key)
  if (at === -1) return items[0]
  return items[Math.min(items.length - 1, Math.max(0, at + step))]
}

/** Where the reader goes when `key` is done: the next that waits, else the one before, else nowhere. */
export function afterDone(items: readonly Item[], key: string, done: Done): Item | undefined {
  const at = items.findIndex((item) => item.key === key)
  const waits = (item: Item): boolean => item.key !== key && !isDone(item, done)
  return items.slice(at + 1).find(waits) ?? items.slice(0, Math.max(0, at)).findLast(waits)
}
