import type { Chat } from '../protocol/chats.ts'
import type { ServerFrame } from '../protocol/frames.ts'

/**
 * One room as a client knows it. Immutable: every function here answers a new view, or the same one
 * when nothing changed.
 *
 * `chats` may have gaps: where the seqs of two neighbours jump, history is not loaded there. Seqs
 * have no holes of their own, so no list of ranges is kept: a page that fills a gap closes it.
 */
export interface RoomView {
  readonly roomId: string
  /** In order of seq, each seq once, each row the newest rev that was seen of it. */
  readonly chats: readonly Chat[]
  /** Every change up to this rev was seen. */
  readonly head: number
  /** The newest seq that was told as news (`joined` tells of it without). */
  readonly lastSeq: number
}

/** `chat`: never seen before. `updated`: edited or deleted (or otherwise of a new rev). */
export interface RoomNews {
  readonly type: 'chat' | 'updated'
  readonly chat: Chat
}

export interface Applied {
  readonly view: RoomView
  /** What to tell: changes of older chats first, then new chats by seq, each once. */
  readonly news: readonly RoomNews[]
  /** Something was missed: send `join_room { roomId, after: view.head }` and apply its `joined`. */
  readonly hole: boolean
  /** Too much was missed, or the epoch changed: start again with `openView`, or use `reloadView`. */
  readonly tooFar: boolean
}

export type RoomFrame = Extract<ServerFrame, { type: 'joined' | 'chat' | 'chat_updated' }>
export type Joined = Pick<
  Extract<ServerFrame, { type: 'joined' }>,
  'roomId' | 'head' | 'lastSeq' | 'tooFar'
>

/** The view of a room just joined, with no history loaded yet. */
export const openView = ({ roomId, head, lastSeq }: Joined): RoomView => ({
  roomId,
  chats: [],
  head,
  lastSeq,
})

/** Applies a live frame by rev: the next one counts, an old one is dropped, a jump is a hole. */
export function applyFrame(view: RoomView, frame: RoomFrame): Applied {
  if (frame.type !== 'joined') {
    const { chat } = frame
    if (chat.rev <= view.head) return unchanged(view)
    if (chat.rev > view.head + 1) return { ...unchanged(view), hole: true }
    return applyChanges(view, [chat], chat.rev)
  }
  if (frame.tooFar) return { ...unchanged(view), tooFar: true }
  if (frame.changes) return applyChanges(view, frame.changes, frame.head)
  // The answer to a join without `after`: it brought no changes along.
  return { ...unchanged(view), hole: frame.head > view.head }
}

/** Takes in a page of history, in any order, overlapping or far from what is there. Nothing of it is news. */
export function mergePage(view: RoomView, page: readonly Chat[]): RoomView {
  const chats = put(view.chats, page)
  return chats === view.chats ? view : { ...view, chats }
}

/**
 * The view after a `joined` that was too far: `chats` are all rows that it shall hold, read from
 * history after that frame came. Rows of before are dropped, for any of them may have changed.
 */
export function reloadView(view: RoomView, joined: Joined, chats: readonly Chat[]): Applied {
  const held = new Map(view.chats.map((chat) => [chat.seq, chat]))
  const rows = put([], chats)
  const isNew = (chat: Chat): boolean => {
    const before = held.get(chat.seq)
    return before ? before.id !== chat.id : chat.seq > view.lastSeq
  }
  const fresh = rows.filter(isNew)
  const updated = rows.filter(
    (chat) => !isNew(chat) && held.has(chat.seq) && held.get(chat.seq)?.rev !== chat.rev,
  )
  const lastSeq = Math.max(joined.lastSeq, rows.at(-1)?.seq ?? 0)
  const reloaded = { roomId: view.roomId, chats: rows, head: joined.head, lastSeq }
  return { ...unchanged(reloaded), news: newsOf(updated, fresh) }
}

/** The unbroken run of chats that holds `seq`; empty when that chat is not loaded. */
export function runAround(view: RoomView, seq: number): readonly Chat[] {
  const { chats } = view
  const at = placeOf(chats, seq)
  if (chats[at]?.seq !== seq) return []
  let from = at
  while (from > 0 && chats[from - 1]?.seq === (chats[from]?.seq ?? 0) - 1) from -= 1
  let to = at
  while (chats[to + 1]?.seq === (chats[to]?.seq ?? 0) + 1) to += 1
  return chats.slice(from, to + 1)
}

/** The run that reaches the newest chat; empty when the newest is not loaded. */
export const newestRun = (view: RoomView): readonly Chat[] => runAround(view, view.lastSeq)

/** Forgets the oldest chats past `keep`. */
export const trimView = (view: RoomView, keep: number): RoomView =>
  view.chats.length <= keep ? view : { ...view, chats: view.chats.slice(-keep) }

const unchanged = (view: RoomView): Applied => ({ view, news: [], hole: false, tooFar: false })

const newsOf = (updated: readonly Chat[], fresh: readonly Chat[]): RoomNews[] => [
  ...updated.map((chat) => ({ type: 'updated' as const, chat })),
  ...fresh.map((chat) => ({ type: 'chat' as const, chat })),
]

const applyChanges = (view: RoomView, changes: readonly Chat[], head: number): Applied => {
  const later = changes.filter((chat) => chat.rev > view.head)
  // A page or a reload may have brought the changed row before.
  const isNewRow = ({ seq, rev }: Chat): boolean => (rowOf(view.chats, seq)?.rev ?? 0) < rev
  const updated = later.filter((chat) => chat.seq <= view.lastSeq && isNewRow(chat))
  // By seq, not by rev: a chat that was edited meanwhile has a later rev than those said after it.
  const fresh = later.filter((chat) => chat.seq > view.lastSeq).toSorted((a, b) => a.seq - b.seq)
  const next: RoomView = {
    roomId: view.roomId,
    // A changed chat that is not loaded is kept too: a page that was read before it changed may
    // still be under way, and would bring back the older row.
    chats: put(view.chats, later),
    head: Math.max(view.head, head),
    lastSeq: Math.max(view.lastSeq, fresh.at(-1)?.seq ?? 0),
  }
  return { ...unchanged(next), news: newsOf(updated, fresh) }
}

/** Where `seq` is, or would go. */
const placeOf = (chats: readonly Chat[], seq: number): number => {
  let low = 0
  let high = chats.length
  // Mostly it is the end.
  if ((chats.at(-1)?.seq ?? 0) < seq) return high
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((chats[middle]?.seq ?? 0) < seq) low = middle + 1
    else high = middle
  }
  return low
}

const rowOf = (chats: readonly Chat[], seq: number): Chat | undefined => {
  const row = chats[placeOf(chats, seq)]
  return row?.seq === seq ? row : undefined
}

/** `rows` put into `held`, the newer rev of each winning; the same array when nothing changed. */
const put = (held: readonly Chat[], rows: readonly Chat[]): readonly Chat[] => {
  let next: Chat[] | null = null
  for (const row of rows) {
    const chats: readonly Chat[] = next ?? held
    const at = placeOf(chats, row.seq)
    const there = rowOf(chats, row.seq)
    if (there && there.rev >= row.rev) continue
    next ??= held.slice()
    next.splice(at, there ? 1 : 0, row)
  }
  return next ?? held
}
