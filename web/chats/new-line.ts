/** Rows in the view, by seq. */
export interface Sight {
  top: number
  bottom: number
}

export interface NewLine {
  /** The first chat that is new; null draws no line. */
  firstNew: number | null
  sight: Sight | null
  /** The reader has had the line in view. */
  isSeen: boolean
  isAtEnd: boolean
  unread: number
}

export const isLineInSight = (firstNew: number | null, sight: Sight | null): boolean =>
  firstNew !== null && sight !== null && firstNew >= sight.top && firstNew <= sight.bottom

/**
 * Whether the pill upward is of use: there is more new than the view shows, or the line where it
 * begins is above and was never seen. Below the view the other pill tells.
 */
export function showsNewPill({ firstNew, sight, isSeen, isAtEnd, unread }: NewLine): boolean {
  if (firstNew === null || sight === null || firstNew > sight.bottom) return false
  if (isLineInSight(firstNew, sight)) return unread > 0 && !isAtEnd
  return unread > 0 || !isSeen
}
