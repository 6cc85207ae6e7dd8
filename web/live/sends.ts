import { createSignal, onCleanup } from 'solid-js'
import { createOutbox, frameOf, type Outbox, type OutboxEntry } from '../../src/client/outbox.ts'
import type { ChatLinks } from '../../src/protocol/chats.ts'
import type { ClientFrame, ServerFrame } from '../../src/protocol/frames.ts'
import { makeCids, makeKeptSends, tabName } from './kept-sends.ts'

type Ack = Extract<ServerFrame, { type: 'ack' }>
type Refused = Extract<ServerFrame, { type: 'error' }>

export interface Sends {
  /** Mine that the room's history may not show yet, in order. */
  of: (roomId: string) => readonly OutboxEntry[]
  add: (roomId: string, message: string, links?: ChatLinks) => void
  retry: (cid: string) => void
  discard: (cid: string) => void
  /** The line is up to date: send what waits. */
  resume: () => void
  lost: () => void
  epochChanged: () => void
  acked: (ack: Ack) => void
  refused: (error: Refused) => void
  /** The room's news are known up to `lastSeq`: acked chats up to there are shown by history now. */
  shown: (roomId: string, lastSeq: number) => void
}

/** What I sent and the server may not have: shown at once, kept over reloads, sent in order. */
export function createSends(userId: string, send: (frame: ClientFrame) => boolean): Sends {
  const tab = tabName()
  const kept = makeKeptSends(userId, tab, localStorage)
  const newCid = makeCids()
  const outbox: Outbox = createOutbox({ entries: kept.mine() })
  /** Acked, but the chat itself has not come yet. */
  const landed = new Map<string, { entry: OutboxEntry; seq: number }>()
  const [entries, setEntries] = createSignal<readonly OutboxEntry[]>(outbox.entries())
  let isUp = false
  let wakeTimer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(wakeTimer))

  const publish = (): void => {
    const acked = Array.from(landed.values(), ({ entry }) => entry)
    setEntries([...acked, ...outbox.entries()].sort((a, b) => (a.cid < b.cid ? -1 : 1)))
  }

  const pump = (): void => {
    clearTimeout(wakeTimer)
    if (isUp) {
      for (const entry of outbox.take(Date.now())) send(frameOf(entry))
      const wakeAt = outbox.wakeAtMs()
      if (wakeAt !== null) wakeTimer = setTimeout(pump, Math.max(0, wakeAt - Date.now()))
    }
    publish()
  }

  const take = (entry: OutboxEntry | null): void => {
    if (entry) kept.keep(entry)
    pump()
  }

  takeOver(tab, kept.otherTabs, (dead) => {
    for (const entry of kept.adopt(dead)) {
      const { type: _, ...sent } = frameOf(entry)
      kept.keep(outbox.add({ ...sent, cid: entry.cid }, entry.madeAtMs))
    }
    pump()
  })

  return {
    of: (roomId) => entries().filter((entry) => entry.roomId === roomId),
    add: (roomId, message, links) =>
      take(outbox.add({ ...links, cid: newCid(), roomId, message }, Date.now())),
    retry: (cid) => take(outbox.retry(cid)),
    discard(cid) {
      if (outbox.discard(cid)) kept.forget(cid)
      pump()
    },
    resume() {
      isUp = true
      pump()
    },
    lost() {
      isUp = false
      outbox.lost()
      pump()
    },
    epochChanged: () => outbox.epochChanged(Date.now()),
    acked({ cid, seq }) {
      const entry = outbox.ack(cid, Date.now())
      kept.forget(cid)
      if (entry) landed.set(cid, { entry, seq })
      pump()
    },
    refused({ cid, code, message, retryAfterMs }) {
      if (cid === undefined) return
      take(outbox.refuse(cid, { code, message, retryAfterMs }, Date.now()))
    },
    shown(roomId, lastSeq) {
      let isChanged = false
      for (const [cid, { entry, seq }] of landed) {
        if (entry.roomId === roomId && seq <= lastSeq) isChanged = landed.delete(cid)
      }
      if (isChanged) publish()
    },
  }
}

/**
 * Each tab holds a lock of its name while it lives. Asking for the lock of another means waiting for
 * its end, and only one of those that wait gets it first.
 */
function takeOver(tab: string, otherTabs: () => string[], isGone: (tab: string) => void): void {
  if (!('locks' in navigator)) {
    // Plain http has no locks. Sending what a live tab also sends is harmless: the cid is the same.
    for (const other of otherTabs()) isGone(other)
    return
  }
  const life = new AbortController()
  onCleanup(() => life.abort())
  const hold = async (name: string, whileHeld: () => Promise<void> | void): Promise<void> => {
    try {
      await navigator.locks.request(lockOf(name), { signal: life.signal }, whileHeld)
    } catch (error) {
      if (!life.signal.aborted) throw error
    }
  }
  void hold(
    tab,
    () => new Promise((resolve) => life.signal.addEventListener('abort', () => resolve())),
  )

  const awaited = new Set<string>()
  const look = (): void => {
    for (const other of otherTabs()) {
      if (awaited.has(other)) continue
      awaited.add(other)
      void hold(other, () => {
        awaited.delete(other)
        isGone(other)
      })
    }
  }
  look()
  addEventListener('storage', look)
  onCleanup(() => removeEventListener('storage', look))
}

const lockOf = (tab: string): string => `parley-tab-${tab}`
