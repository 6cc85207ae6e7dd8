import { newestRun, runAround, type RoomView } from '../../src/client/room-view.ts'
import type { Chat } from '../../src/protocol/chats.ts'
import { isInMainLine } from '../../src/protocol/main-line.ts'

/** A run of so many that the room shows is cut back to `keptAround` on both sides of where the reader is. */
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

/**
 * The part of a long run that is worth keeping for a reader at `readerSeq`. What stays in threads does not
 * count: past a long talk in one, what the reader is on the way to would be let go before it is reached.
 */
export function nearReader(run: readonly Chat[], readerSeq: number): readonly Chat[] {
  const shown = run.filter(isInMainLine)
  if (shown.length <= runMax) return run
  const at = shown.findIndex(({ seq }) => seq >= readerSeq)
  const reader = at < 0 ? shown.length - 1 : at
  const from = shown[reader - keptAround]?.seq ?? 0
  const to = shown[reader + keptAround]?.seq ?? Infinity
  return run.filter(({ seq }) => seq >= from && seq <= to)
}

/** What stays when nobody looks: the newest page, if it is loaded. */
export const closedView = (view: RoomView): RoomView => ({
  ...view,
  chats: newestRun(view).slice(-keptClosed),
})
