import type { OutboxEntry } from '../../src/client/outbox.ts'
import type { Chat, SystemEvent } from '../../src/protocol/chats.ts'
import type { User } from '../../src/protocol/users.ts'

const groupMs = 5 * 60_000

/**
 * One row of a timeline. `sending`: on its way, or waiting for the line. A row keeps its key from
 * the moment it is sent, so what the reader sees is one row all along.
 */
export interface Row {
  key: string
  state: 'sent' | 'sending' | 'failed'
  sender: User
  message: string
  /** ISO, or milliseconds since 1970 for what has no time of the server yet. */
  at: string | number
  /** Set when `state` is `sent` and the chat itself is here. */
  chat: Chat | null
  /** Set for what is on its way. */
  entry: OutboxEntry | null
  event: SystemEvent | null
  /** Follows another of the same person within five minutes: no name, no avatar. */
  isGrouped: boolean
  /** The first of its day: the day is told above it. */
  isNewDay: boolean
  /** The first that the reader has not seen: the "New" line is above it. */
  isFirstNew: boolean
}

export interface RowsOf {
  chats: readonly Chat[]
  outgoing: readonly OutboxEntry[]
  me: User
  /** What the reader had read when the line was drawn; null draws none. */
  newAfter: number | null
  /** The end of the room is loaded: what is on its way belongs here. */
  hasEnd: boolean
}

/** Chats and sends as the reader sees them, oldest first. */
export function rowsOf({ chats, outgoing, me, newAfter, hasEnd }: RowsOf): Row[] {
  const rows: Row[] = []
  let isLineDrawn = newAfter === null
  const add = (bare: Omit<Row, 'isGrouped' | 'isNewDay' | 'isFirstNew'>, isFirstNew: boolean) => {
    const before = rows.at(-1)
    const isNewDay = !before || dayOf(before.at) !== dayOf(bare.at)
    const isGrouped = !isNewDay && !isFirstNew && before !== undefined && follows(before, bare)
    rows.push({ ...bare, isGrouped, isNewDay, isFirstNew })
  }

  for (const chat of chats) {
    const isMine = chat.sender.id === me.id
    const isFirstNew = !isLineDrawn && chat.seq > (newAfter ?? 0) && !isMine && chat.kind === 'text'
    isLineDrawn ||= isFirstNew
    add(
      {
        key: isMine ? chat.cid : chat.id,
        state: 'sent',
        sender: chat.sender,
        message: chat.message,
        at: chat.createdAt,
        chat,
        entry: null,
        event: chat.event,
      },
      isFirstNew,
    )
  }
  for (const entry of hasEnd ? outgoing : []) add(outgoingRow(entry, me), false)
  return rows
}

const outgoingRow = (entry: OutboxEntry, me: User) => ({
  key: entry.cid,
  state:
    entry.state === 'failed'
      ? ('failed' as const)
      : entry.state === 'acked'
        ? ('sent' as const)
        : ('sending' as const),
  sender: me,
  message: entry.message,
  at: entry.madeAtMs,
  chat: null,
  entry,
  event: null,
})

const follows = (before: Row, row: Pick<Row, 'sender' | 'at' | 'event'>): boolean =>
  before.event === null &&
  row.event === null &&
  before.sender.id === row.sender.id &&
  msOf(row.at) - msOf(before.at) < groupMs

export const msOf = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at))

/** The reader's own day. */
export function dayOf(at: string | number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`
}

/** How the keys of a list changed, as far as its scroll position is concerned. */
export type ListChange = 'none' | 'start' | 'end' | 'other'

/** `start`: only grew or shrank at its start, so what is seen stays when measured from the end. */
export function changeOf(before: readonly string[], after: readonly string[]): ListChange {
  if (before.length === 0 || after.length === 0) return before === after ? 'none' : 'other'
  const isSameStart = before[0] === after[0]
  const isSameEnd = before.at(-1) === after.at(-1)
  if (isSameStart && isSameEnd && before.length === after.length) return 'none'
  if (isSameEnd) return 'start'
  if (isSameStart) return 'end'
  const held = new Set(before)
  return after.some((key) => held.has(key)) ? 'end' : 'other'
}
