import type { Place } from './places.ts'

/** What is in view; null where nothing there has a seq yet. */
export interface ListView {
  top: Place | null
  bottomSeq: number | null
  isAtEnd: boolean
}

/** Where the reader is, in pixels. */
export interface ScrollPlace {
  offset: number
  viewport: number
  size: number
}

/** This near counts as at the end: a line of text, and what a fraction of a pixel does. */
const endPx = 24

export const isAtEnd = ({ offset, viewport, size }: ScrollPlace): boolean =>
  size - offset - viewport <= endPx

/**
 * Whether the view goes on following the end: only the reader's own way up ends it. Rows that turn
 * out smaller than thought move the view up too, by nobody's hand.
 */
export const followsEnd = (
  wasFollowing: boolean,
  before: Pick<ScrollPlace, 'offset' | 'size'>,
  now: ScrollPlace,
  isReaderMoving: boolean,
): boolean =>
  isAtEnd(now) ||
  (wasFollowing && (now.offset >= before.offset || (now.size !== before.size && !isReaderMoving)))

/** Which side needs its next page: two views ahead, so that the reader rarely sees an end. */
export function sideToLoad(
  { offset, viewport, size }: ScrollPlace,
  has: { before: boolean; after: boolean },
): 'older' | 'newer' | null {
  const ahead = viewport * 2
  if (has.before && offset < ahead) return 'older'
  if (has.after && size - offset - viewport < ahead) return 'newer'
  return null
}
