import type { SearchResult } from '../../src/protocol/search.ts'

/** Results of one room that follow each other. */
export interface Group {
  room: SearchResult['room']
  /** The place of the first among all results. */
  start: number
  results: SearchResult[]
}

/** The order is time's: a room that comes again later is a group again. */
export function groupByRoom(results: readonly SearchResult[]): Group[] {
  const groups: Group[] = []
  for (const [start, result] of results.entries()) {
    const last = groups.at(-1)
    if (last?.room.id === result.room.id) last.results.push(result)
    else groups.push({ room: result.room, start, results: [result] })
  }
  return groups
}
