import type { Sql } from 'postgres'
import type { HistoryPage, HistoryQuery } from '../protocol/chats.ts'
import { limits } from '../protocol/limits.ts'
import { chatColumns, chatOf, chatSource, type ChatRow } from './chat-row.ts'

/** The first and the last seq of a page; empty when `to < from`. */
export interface SeqRange {
  from: number
  to: number
}

/**
 * Which seqs a page shows of a room whose newest is `lastSeq`. A room's seqs have no holes, so the
 * page is known before any row is read, and so is what lies before and after it.
 */
export function rangeOf(query: HistoryQuery, lastSeq: number): SeqRange {
  const size = query.limit ?? limits.historyDefault
  const upTo = (to: number) => ({ from: Math.max(1, to - size + 1), to })
  if (query.before !== undefined) return upTo(Math.max(0, Math.min(query.before - 1, lastSeq)))
  if (query.after !== undefined) {
    const from = Math.min(query.after, lastSeq) + 1
    return { from, to: Math.min(from + size - 1, lastSeq) }
  }
  if (query.around !== undefined) {
    const from = Math.max(1, query.around - Math.floor(size / 2))
    return upTo(Math.min(from + size - 1, lastSeq))
  }
  return upTo(lastSeq)
}

export async function historyPage(
  sql: Sql,
  room: { id: string; lastSeq: number },
  query: HistoryQuery,
): Promise<HistoryPage> {
  const { from, to } = rangeOf(query, room.lastSeq)
  const rows = await sql<ChatRow[]>`
    select ${chatColumns(sql)}
    from ${chatSource(sql)}
    where chats.room_id = ${room.id} and chats.seq between ${from} and ${to}
    order by chats.seq`
  return {
    chats: rows.map(chatOf),
    hasBefore: from > 1,
    hasAfter: to < room.lastSeq,
  }
}
