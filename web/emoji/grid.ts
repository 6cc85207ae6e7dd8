/** `left` is back and `right` is on, in the order of reading. */
export type GridMove = 'left' | 'right' | 'up' | 'down' | 'home' | 'end'

const moves: Record<string, GridMove> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'home',
  End: 'end',
}

/** What a key means in the grid. */
export function gridMoveOf(key: string, isRtl: boolean): GridMove | null {
  if (key === 'ArrowLeft') return isRtl ? 'right' : 'left'
  if (key === 'ArrowRight') return isRtl ? 'left' : 'right'
  return moves[key] ?? null
}

/**
 * Where a move leads from one place of the grid to another: places are counted through all sections,
 * each of which begins a new row. Null leads out at the top.
 */
export function moveInGrid(
  counts: readonly number[],
  columns: number,
  from: number,
  move: GridMove,
): number | null {
  const last = counts.reduce((sum, count) => sum + count, 0) - 1
  if (move === 'home') return 0
  if (move === 'end') return last
  if (move === 'left') return Math.max(0, from - 1)
  if (move === 'right') return Math.min(last, from + 1)
  const rows = rowsOf(counts, columns)
  const at = rows.findIndex((row) => from >= row.start && from < row.start + row.length)
  const next = rows[at + (move === 'down' ? 1 : -1)]
  const column = from - (rows[at]?.start ?? 0)
  if (next) return next.start + Math.min(column, next.length - 1)
  return move === 'up' ? null : from
}

function rowsOf(counts: readonly number[], columns: number): { start: number; length: number }[] {
  const rows: { start: number; length: number }[] = []
  let start = 0
  for (const count of counts) {
    for (let left = count; left > 0; left -= columns) {
      const length = Math.min(left, columns)
      rows.push({ start, length })
      start += length
    }
  }
  return rows
}
