import type { OutboxEntry } from '../../src/client/outbox.ts'
import { sendName } from '../../src/client/previews.ts'
import type { Chat, ChatLinks, Preview, Quote, SystemEvent } from '../../src/protocol/chats.ts'
import { isInMainLine } from '../../src/protocol/main-line.ts'
import type { User } from '../../src/protocol/users.ts'

const groupMs = 5 * 60_000

/**
 * One row of a timeline. `sending`: on its way from this tab, or waiting for the line. `preview`: the
 * server has it, its database not yet. A row keeps its key from the moment it is sent, so what the
 * reader sees is one row all along.
 */
export interface Row {
  key: string
  state: 'sent' | 'sending' | 'preview' | 'failed'
  sender: User
  message: string
  /** ISO, or milliseconds since 1970 for what has no time of the server yet. */
  at: string | number
  /** Set when `state` is `sent` and the chat itself is here. */
  chat: Chat | null
  /** Set for what is on its way from this tab. */
  entry: OutboxEntry | null
  event: SystemEvent | null
  /** What it answers, where that is known here. */
  quote: Quote | null
  /** Follows another of the same person within five minutes: no name, no avatar. */
  isGrouped: boolean
  /** The first of its day: the day is told above it. */
  isNewDay: boolean
  /** The first that the reader has not seen: the "New" line is above it. */
  isFirstNew: boolean
  /** The first reply of a thread: how many there are is told above it. */
  repliesBelow: number | null
}

export interface RowsOf {
  chats: readonly Chat[]
  previews: readonly Preview[]
  outgoing: readonly OutboxEntry[]
  me: User
  /** What the reader had read when the line was drawn; null draws none. */
  newAfter: number | null
  /** The line may stand over a chat of mine too: I drew it myself. */
  drawsOverMine?: boolean
  /** The end of the room is loaded: what is on its way belongs here. */
  hasEnd: boolean
  /** Which of them the list is of. */
  shows?: (chat: Pick<ChatLinks, 'threadId' | 'inRoom'>) => boolean
}

type Bare = Omit<Row, 'isGrouped' | 'isNewDay' | 'isFirstNew' | 'repliesBelow'>

/**
 * Chats and what is on its way as the reader sees them, oldest first. What waits at the server comes
 * in the order in which it got there; mine that have not got there yet are last.
 */
export function rowsOf(of: RowsOf): Row[] {
  const { chats, previews, outgoing, me, newAfter, hasEnd, shows = isInMainLine } = of
  const rows: Row[] = []
  let isLineDrawn = newAfter === null
  const add = (bare: Bare, isFirstNew: boolean) => {
    const before = rows.at(-1)
    const isNewDay = !before || dayOf(before.at) !== dayOf(bare.at)
    const isGrouped = !isNewDay && !isFirstNew && before !== undefined && follows(before, bare)
    rows.push({ ...bare, isGrouped, isNewDay, isFirstNew, repliesBelow: null })
  }

  for (const chat of chats) {
    if (!shows(chat)) continue
    const isOthers = chat.sender.id !== me.id || of.drawsOverMine === true
    const isFirstNew =
      !isLineDrawn && chat.seq > (newAfter ?? 0) && isOthers && chat.kind === 'text'
    isLineDrawn ||= isFirstNew
    add(
      {
        key: sendName(chat),
        state: 'sent',
        sender: chat.sender,
        message: chat.message,
        at: chat.createdAt,
        chat,
        entry: null,
        event: chat.event,
        quote: chat.replyTo ?? null,
      },
      isFirstNew,
    )
  }
  if (!hasEnd) return rows

  const mine = new Map(
    outgoing.filter(shows).map((entry) => [sendName({ sender: me, cid: entry.cid }), entry]),
  )
  for (const preview of previews.filter(shows)) {
    const key = sendName(preview)
    const entry = mine.get(key)
    mine.delete(key)
    add(entry ? outgoingRow(key, entry, of) : previewRow(key, preview), false)
  }
  for (const [key, entry] of mine) add(outgoingRow(key, entry, of), false)
  return rows
}

const previewRow = (key: string, { sender, message, sentAt }: Preview) => ({
  key,
  state: 'preview' as const,
  sender,
  message,
  at: sentAt,
  chat: null,
  entry: null,
  event: null,
  quote: null,
})

const outgoingRow = (key: string, entry: OutboxEntry, { me, chats }: RowsOf) => ({
  key,
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
  quote: quoteOf(chats, entry.replyToId),
})

/** As the server will quote it. */
function quoteOf(chats: readonly Chat[], chatId: string | undefined): Quote | null {
  const chat = chatId === undefined ? undefined : chats.find(({ id }) => id === chatId)
  if (!chat) return null
  const { id, seq, sender, message, deletedAt } = chat
  return { id, seq, sender, message: message.slice(0, 200), deletedAt }
}

const follows = (before: Row, row: Bare): boolean =>
  before.event === null &&
  row.event === null &&
  // What it answers is told under its author's name.
  row.quote === null &&
  before.sender.id === row.sender.id &&
  msOf(row.at) - msOf(before.at) < groupMs

export const msOf = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at))

/** The reader's own day. */
export function dayOf(at: string | number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`
}

/** The seq of the last chat down to row `at`. What is on its way, below the chats, has none yet. */
export const seqUpTo = (rows: readonly Row[], at: number): number | null =>
  rows.slice(0, at + 1).findLast((row) => row.chat !== null)?.chat?.seq ?? null

/** How the keys of a list changed, as far as its scroll position is concerned. */
export type ListChange = 'none' | 'start' | 'end' | 'other'

/** `start`: only grew or shrank at its start, so what is seen stays when measured from the end. */
export function changeOf(before: readonly string[], after: readonly string[]): ListChange {
  if (before.length === 0 || after.length === 0) return before === after ? 'none' : 'other'
  if (before.length === after.length && before.every((key, at) => key === after[at])) return 'none'
  // Checked first: what changed between the two is among what is on its way, near the end.
  if (before[0] === after[0]) return 'end'
  if (before.at(-1) === after.at(-1)) return 'start'
  const held = new Set(before)
  return after.some((key) => held.has(key)) ? 'end' : 'other'
}
