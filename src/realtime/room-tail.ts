import type { Chat } from '../protocol/chats.ts'

interface Encoded {
  seq: number
  rev: number
  json: string
}

/** How many changes a room remembers for those who come back. */
const recentMax = 300
const pageMax = 50

/** The newest page of a room, the same object until it changes. */
export interface NewestPage {
  /** JSON of `HistoryPage`. */
  text: string
  /** The text as bytes, where whoever sends it keeps them: 22 KB need not be encoded for each reader. */
  bytes?: Uint8Array<ArrayBuffer>
}

/**
 * What a node remembers of a room's newest chats, each encoded once: the recent changes by rev, from
 * which those who come back are brought up to date, and the newest page of history.
 *
 * `head` is the newest rev that went out on this node. It is not the database's: between COMMIT and
 * fan-out the database is ahead.
 */
export class RoomTail {
  head: number
  lastSeq: number
  /** By seq, in order of rev: a chat that changes moves to the end. */
  #recent = new Map<number, Encoded>()
  /** `#recent` holds every change after this rev. */
  #floor: number
  #page: Encoded[] | null
  #newest: NewestPage | null = null

  constructor(head: number, lastSeq: number) {
    this.head = head
    this.lastSeq = lastSeq
    this.#floor = head
    this.#page = lastSeq === 0 ? [] : null
  }

  /** Takes in a chat whose rev is past `head`; answers its JSON and whether it is new to the room. */
  apply(chat: Chat): { json: string; isNew: boolean } {
    const json = JSON.stringify(chat)
    const isNew = chat.seq > this.lastSeq
    const entry = { seq: chat.seq, rev: chat.rev, json }
    this.#recent.delete(chat.seq)
    this.#recent.set(chat.seq, entry)
    this.#trim()
    this.#putOnPage(entry)
    this.head = chat.rev
    this.lastSeq = Math.max(this.lastSeq, chat.seq)
    return { json, isNew }
  }

  /** All that changed up to `head` was taken in. */
  skipTo(head: number): void {
    this.head = Math.max(this.head, head)
  }

  /** The JSON of what changed after `rev`, in order of rev; null when that is not remembered. */
  since(rev: number): string[] | null {
    if (rev < this.#floor) return null
    const changed: string[] = []
    for (const entry of this.#recent.values()) if (entry.rev > rev) changed.push(entry.json)
    return changed
  }

  /** Remembers further back: `chats` are all rows with rev in (after, …] as the database has them. */
  remember(after: number, chats: Chat[]): void {
    if (after >= this.#floor) return
    const older = new Map<number, Encoded>()
    for (const chat of chats) {
      if (chat.rev > this.head || this.#recent.has(chat.seq)) continue
      older.set(chat.seq, { seq: chat.seq, rev: chat.rev, json: JSON.stringify(chat) })
    }
    this.#recent = new Map([...older, ...this.#recent])
    this.#floor = after
    this.#trim()
  }

  /** Null until `setPage`. */
  page(): NewestPage | null {
    if (!this.#page) return null
    this.#newest ??= {
      text: `{"chats":[${this.#page.map((entry) => entry.json).join(',')}],"hasBefore":${
        (this.#page[0]?.seq ?? 1) > 1
      },"hasAfter":false}`,
    }
    return this.#newest
  }

  /** Takes the newest page as the database had it at `head`; false when too much changed since. */
  setPage(chats: Chat[], head: number): boolean {
    const since = head < this.head ? this.since(head) : []
    if (since === null) return false
    this.#newest = null
    this.#page = chats.map((chat) => ({ seq: chat.seq, rev: chat.rev, json: JSON.stringify(chat) }))
    for (const entry of this.#recent.values()) if (entry.rev > head) this.#putOnPage(entry)
    return true
  }

  /** A newer row of a chat replaces the older, a new chat goes to the end, one before the page is none of its business. */
  #putOnPage(entry: Encoded): void {
    const page = this.#page
    if (!page) return
    const at = page.findIndex((other) => other.seq === entry.seq)
    const held = page[at]
    if (held) {
      if (held.rev < entry.rev) page[at] = entry
    } else if (entry.seq > (page.at(-1)?.seq ?? 0)) {
      page.push(entry)
      if (page.length > pageMax) page.shift()
    }
    this.#newest = null
  }

  #trim(): void {
    for (const [seq, entry] of this.#recent) {
      if (this.#recent.size <= recentMax) return
      this.#recent.delete(seq)
      this.#floor = Math.max(this.#floor, entry.rev)
    }
  }
}
