import type { OutboxEntry } from '../../src/client/outbox.ts'
import { makeShelf } from './storage.ts'

/**
 * The sends of a user that are not done, over reloads and crashes. Each entry lies under a key of
 * its own, `<tab>.<cid>`, so that two tabs never write the same one; a tab sends only its own, and
 * takes over those of a tab that is gone. Cids sort by the time they were made.
 */
export interface KeptSends {
  mine: () => OutboxEntry[]
  keep: (entry: OutboxEntry) => void
  forget: (cid: string) => void
  /** Moves the entries of a tab that is gone to this one, and answers them. */
  adopt: (tab: string) => OutboxEntry[]
  /** Other tabs that left something here. */
  otherTabs: () => string[]
}

export function makeKeptSends(userId: string, tab: string, storage: Storage): KeptSends {
  const shelf = makeShelf(`parley.out.${userId}.`, storage)
  const of = (owner: string): string[] => shelf.keys().filter((key) => key.startsWith(`${owner}.`))
  const read = (key: string): OutboxEntry[] => {
    const text = shelf.get(key)
    // Written by `keep` below, on this origin only.
    return text === null ? [] : [JSON.parse(text) as OutboxEntry]
  }
  const keep = (entry: OutboxEntry): void => shelf.set(`${tab}.${entry.cid}`, JSON.stringify(entry))

  return {
    mine: () => of(tab).flatMap(read).sort(byCid),
    keep,
    forget: (cid) => shelf.remove(`${tab}.${cid}`),
    adopt(owner) {
      const entries = of(owner).flatMap((key) => {
        const found = read(key)
        shelf.remove(key)
        return found
      })
      for (const entry of entries) keep(entry)
      return entries.sort(byCid)
    },
    otherTabs: () =>
      [...new Set(shelf.keys().flatMap((key) => key.split('.')[0] ?? []))].filter(
        (other) => other !== tab,
      ),
  }
}

const byCid = (a: OutboxEntry, b: OutboxEntry): number => (a.cid < b.cid ? -1 : 1)

/** A new cid: its text sorts by when it was made, also within one millisecond. */
export function makeCids(now: () => number = Date.now): () => string {
  let last = 0
  return () => {
    last = Math.max(last + 1, now() * 1000)
    const random = crypto.getRandomValues(new Uint32Array(2))
    return `${last.toString(36).padStart(11, '0')}-${Array.from(random, (part) => part.toString(36)).join('')}`
  }
}

/** This tab's name: the same after a reload, another in another tab. */
export function tabName(storage: Storage = sessionStorage): string {
  const held = storage.getItem('parley.tab')
  if (held) return held
  const made = crypto.getRandomValues(new Uint32Array(2)).join('-')
  storage.setItem('parley.tab', made)
  return made
}
