import type { ChatLinks } from '../protocol/chats.ts'
import type { ErrorCode } from '../protocol/errors.ts'
import type { ClientFrame } from '../protocol/frames.ts'

/** A chat to be sent. The `cid` names it until it is acknowledged, over any number of tries. */
export interface Send extends ChatLinks {
  readonly cid: string
  readonly roomId: string
  readonly message: string
}

/** As it goes over the wire. */
export const frameOf = ({
  cid,
  roomId,
  message,
  threadId,
  inRoom,
  replyToId,
  fileIds,
}: Send): Extract<ClientFrame, { type: 'chat' }> => ({
  type: 'chat',
  cid,
  roomId,
  message,
  threadId,
  inRoom,
  replyToId,
  fileIds,
})

/**
 * `waiting`: to be transmitted. `sent`: on the wire, result unknown. `acked`: stored.
 * `failed`: refused for good; it stays until `retry` or `discard`.
 */
export interface OutboxEntry extends Send {
  readonly state: 'waiting' | 'sent' | 'acked' | 'failed'
  readonly madeAtMs: number
  /** How often it was transmitted. */
  readonly tries: number
  /** When it was first transmitted over the connection that is up; null before. */
  readonly sentAtMs: number | null
  /** While waiting: not before this time. */
  readonly retryAtMs: number
  /** Why it failed, or waits longer. */
  readonly error: Refusal | null
}

export interface Refusal {
  readonly code: ErrorCode
  readonly message: string
  readonly retryAfterMs?: number | undefined
}

export interface OutboxOptions {
  /**
   * Chats of one room that may be on the wire at once. With more than 1, a chat that the server
   * puts off (`rate_limited`, `overloaded`) may land after the ones sent behind it.
   */
  window?: number
  /** What an earlier life of the client left behind, in order. What was on the wire waits again. */
  entries?: readonly OutboxEntry[]
}

/** Refusals that pass by themselves: the chat waits and is sent again. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'rate_limited',
  'overloaded',
  'draining',
  'internal',
  'unauthenticated',
  'token_expired',
])
/** An `internal` that comes back this often will not pass. */
const internalTries = 5
const retryMs = 1_000
/** After a change of epoch, chats acked within this time are sent again (design: resume). */
const recentMs = 600_000

/**
 * The sends of one user that are not done. Mutable, with no clock, timer or socket of its own: it
 * is told what happened and when. Entries are replaced, never changed, so a reference to one is a
 * snapshot.
 *
 * It keeps each room's order: a chat leaves only when fewer than `window` of its room are on the
 * wire and none before it waits. Since a retry goes under the same cid, and the server stores a cid
 * once, sending everything unacknowledged again in order is always safe.
 */
export interface Outbox {
  /** A cid that is there already keeps its place and its text. */
  add: (send: Send, nowMs: number) => OutboxEntry
  /** What to transmit now, in this order. They count as sent. */
  take: (nowMs: number) => OutboxEntry[]
  /** When `take` is next worth calling though nothing happened; null when never. */
  wakeAtMs: () => number | null
  /** An ack came. Answers the entry it is for; null when it is not known or was acked before. */
  ack: (cid: string, nowMs: number) => OutboxEntry | null
  /** An error with this cid came. Answers the entry, `waiting` or `failed`; null when not known. */
  refuse: (cid: string, refusal: Refusal, nowMs: number) => OutboxEntry | null
  /** The connection is gone: what was on the wire waits again. */
  lost: () => void
  /** The epoch changed: what was acked of late waits again, before everything else of its room. */
  epochChanged: (nowMs: number) => void
  /** A failed chat waits again, behind the others of its room. */
  retry: (cid: string) => OutboxEntry | null
  /** Forgets a chat that is not on the wire. Answers whether it was there. */
  discard: (cid: string) => boolean
  /** What is not acked, each room in order; what to show, and to keep for the next life. */
  entries: () => OutboxEntry[]
}

export function createOutbox({ window = 1, entries = [] }: OutboxOptions = {}): Outbox {
  /** By room, in order: waiting and sent. */
  const queues = new Map<string, OutboxEntry[]>()
  const failed = new Map<string, OutboxEntry>()
  /** In order of their acks, with the time of it. */
  const acked = new Map<string, { entry: OutboxEntry; atMs: number }>()
  /** The rooms of what is in `queues`. */
  const roomOf = new Map<string, string>()

  const queueOf = (roomId: string): OutboxEntry[] => {
    let queue = queues.get(roomId)
    if (!queue) queues.set(roomId, (queue = []))
    return queue
  }

  const append = (entry: OutboxEntry): OutboxEntry => {
    queueOf(entry.roomId).push(entry)
    roomOf.set(entry.cid, entry.roomId)
    return entry
  }

  const find = (cid: string): { queue: OutboxEntry[]; at: number; entry: OutboxEntry } | null => {
    const queue = queues.get(roomOf.get(cid) ?? '')
    const at = queue?.findIndex((other) => other.cid === cid) ?? -1
    const entry = queue?.[at]
    return queue && entry ? { queue, at, entry } : null
  }

  const remove = ({ queue, at, entry }: NonNullable<ReturnType<typeof find>>): void => {
    queue.splice(at, 1)
    roomOf.delete(entry.cid)
    if (queue.length === 0) queues.delete(entry.roomId)
  }

  const waitAgain = (entry: OutboxEntry): OutboxEntry => ({
    ...entry,
    state: 'waiting',
    sentAtMs: null,
    retryAtMs: entry.state === 'waiting' ? entry.retryAtMs : 0,
  })

  const forgetOld = (nowMs: number): void => {
    for (const [cid, { atMs }] of acked) {
      if (nowMs - atMs <= recentMs) return
      acked.delete(cid)
    }
  }

  for (const entry of entries) {
    if (entry.state === 'failed') failed.set(entry.cid, entry)
    else if (entry.state !== 'acked') append({ ...waitAgain(entry), retryAtMs: 0 })
  }

  return {
    add: (send, nowMs) =>
      find(send.cid)?.entry ??
      append({
        ...send,
        state: 'waiting',
        madeAtMs: nowMs,
        tries: 0,
        sentAtMs: null,
        retryAtMs: 0,
        error: null,
      }),

    take(nowMs) {
      const taken: OutboxEntry[] = []
      for (const queue of queues.values()) {
        for (const [at, entry] of queue.entries()) {
          if (at >= window) break
          if (entry.state === 'sent') continue
          if (entry.retryAtMs > nowMs) break
          const sent: OutboxEntry = {
            ...entry,
            state: 'sent',
            tries: entry.tries + 1,
            sentAtMs: entry.sentAtMs ?? nowMs,
          }
          queue[at] = sent
          taken.push(sent)
        }
      }
      return taken
    },

    wakeAtMs() {
      let wakeAtMs: number | null = null
      for (const queue of queues.values()) {
        const next = queue.slice(0, window).find((entry) => entry.state === 'waiting')
        if (next) wakeAtMs = Math.min(wakeAtMs ?? next.retryAtMs, next.retryAtMs)
      }
      return wakeAtMs
    },

    ack(cid, nowMs) {
      const found = find(cid)
      if (!found) return null
      remove(found)
      const entry: OutboxEntry = { ...found.entry, state: 'acked', error: null }
      acked.set(cid, { entry, atMs: nowMs })
      forgetOld(nowMs)
      return entry
    },

    refuse(cid, refusal, nowMs) {
      const found = find(cid)
      if (!found) return null
      const { entry, queue, at } = found
      const passes =
        passing.has(refusal.code) && (refusal.code !== 'internal' || entry.tries < internalTries)
      if (passes) {
        const retryAtMs = nowMs + (refusal.retryAfterMs ?? retryMs)
        const waiting: OutboxEntry = { ...entry, state: 'waiting', retryAtMs, error: refusal }
        queue[at] = waiting
        return waiting
      }
      remove(found)
      const refused: OutboxEntry = { ...entry, state: 'failed', error: refusal }
      failed.set(cid, refused)
      return refused
    },

    lost() {
      for (const [roomId, queue] of queues) queues.set(roomId, queue.map(waitAgain))
    },

    epochChanged(nowMs) {
      forgetOld(nowMs)
      const again = [...acked.values()].map(({ entry }) => waitAgain(entry)).toReversed()
      acked.clear()
      for (const entry of again) {
        queueOf(entry.roomId).unshift(entry)
        roomOf.set(entry.cid, entry.roomId)
      }
    },

    retry(cid) {
      const entry = failed.get(cid)
      if (!entry) return null
      failed.delete(cid)
      return append({ ...waitAgain(entry), tries: 0, error: null })
    },

    discard(cid) {
      if (failed.delete(cid)) return true
      const found = find(cid)
      if (found?.entry.state !== 'waiting') return false
      remove(found)
      return true
    },

    entries: () => [...failed.values(), ...[...queues.values()].flat()],
  }
}
