import { newestRun, runAround, type RoomView } from '../../src/client/room-view.ts'
import type { Chat } from '../../src/protocol/chats.ts'

/** A run this long is cut back to `keptAround` on both sides of where the reader is. */
const runMax = 400
const keptAround = 150
/** What is kept of a room that nobody looks at. */
const keptClosed = 50
/** Fewer chats than this at the end are not worth showing without asking for the page before them. */
const enough = 20

/** The unbroken run that the reader sees: the one that holds `anchor`, or the end. */
export const shownRun = (view: RoomView, anchor: number | 'end'): readonly Chat[] =>
  anchor === 'end' ? newestRun(view) : runAround(view, anchor)

/** Whether `at` can be shown from what is loaded. */
export function isHeld(view: RoomView, at: number | 'end'): boolean {
  if (view.lastSeq === 0) return false
  const run = shownRun(view, at)
  return run.length >= enough || (run.length > 0 && run[0]?.seq === 1)
}

/** The part of a long run that is worth keeping for a reader at `readerSeq`. */
export function nearReader(run: readonly Chat[], readerSeq: number): readonly Chat[] {
  if (run.length <= runMax) return run
  const first = run[0]?.seq ?? 0
  const reader = Math.min(Math.max(readerSeq, first), first + run.length - 1)
  return run.filter((chat) => Math.abs(chat.seq - reader) <= keptAround)
}

/** What stays when nobody looks: the newest page, if it is loaded. */
export const closedView = (view: RoomView): RoomView => ({
  ...view,
  chats: newestRun(view).slice(-keptClosed),
})
