import type { Sql, TransactionSql } from 'postgres'
import { chatColumns, chatOf, chatSource, type ChatRow } from '../chats/chat-row.ts'
import { isTimeout } from '../db/sql-errors.ts'
import { AppError } from '../protocol/errors.ts'
import type { RoomKind } from '../protocol/rooms.ts'
import { parseSearch, type SearchPart } from '../protocol/search-query.ts'
import type { SearchPage, SearchRequest, SearchResult } from '../protocol/search.ts'
import {
  allOf,
  conditionOf,
  factConditions,
  wordsToCount,
  type Knowledge,
  type Round,
} from './conditions.ts'
import { readCursor, sealOf, writeCursor, type SearchPlace } from './cursor.ts'
import { startOfDay } from './days.ts'
import { findRows, type Finding, type FoundRow } from './find-rows.ts'
import { highlightsOf } from './highlights.ts'
import { allRows } from './index-terms.ts'
import { planSearch } from './plan.ts'
import { scopeOf, type Scope } from './scope.ts'
import { bounded, mayBeInside, mayBeSlip, termOf, type Term } from './terms.ts'
import { beginningWith, countsOf, holding, similarTo } from './vocabulary.ts'

const pageSize = 20
const nothing: SearchPage = { results: [], nextCursor: null }

/**
 * What `userId` may read of what a search asks for, the newest first; behind it what fits when slips of
 * the finger are forgiven.
 * @throws AppError `invalid_cursor` for a cursor of another search or person, `overloaded` when it takes
 *   too long
 */
export async function searchChats(
  sql: Sql,
  userId: string,
  { query, roomId, cursor, timeZone = 'UTC' }: SearchRequest,
): Promise<SearchPage> {
  const parts = parseSearch(query)
  const seal = sealOf(userId, query, roomId)
  const after = cursor === undefined ? null : readCursor(seal, cursor)
  if (parts.length === 0) return nothing
  return inTime(sql, async (tx) => {
    const search = await prepare(tx, userId, parts, roomId, timeZone)
    if (!search) return nothing
    const rows = await pageOf(tx, search, after)
    const page = rows.slice(0, pageSize)
    const last = page.at(-1)
    return {
      results: await resultsOf(tx, userId, page, search),
      nextCursor: rows.length > pageSize && last ? writeCursor(seal, placeOf(last)) : null,
    }
  })
}

/** Few searches come near it: those for what is not there, in everything that was ever said. */
const mostSeconds = 5

async function inTime<T>(sql: Sql, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  try {
    // `begin` unwraps promises inside of what it answers; a page has none, so it is what `work` gave.
    return (await sql.begin('read only', async (tx) => {
      await tx`
        select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
          set_config('statement_timeout', ${`${mostSeconds}s`}, true)`
      return work(tx)
    })) as T
  } catch (cause) {
    if (!isTimeout(cause)) throw cause
    throw new AppError('overloaded', 'That takes too long: say more of what you look for', {
      cause,
    })
  }
}

interface Search {
  terms: Term[]
  parts: SearchPart[]
  scope: Scope
  knowledge: Knowledge
  since: string | null
  until: string | null
}

type RoundRow = FoundRow & { round: Round }

const placeOf = ({ round, at, room_id, seq }: RoundRow): SearchPlace => ({
  round,
  at,
  roomId: room_id,
  seq: Number(seq),
})

/** What is looked for and what the index knows of it; null when nothing can fit. */
async function prepare(
  tx: TransactionSql,
  userId: string,
  parts: SearchPart[],
  roomId: string | undefined,
  timeZone: string,
): Promise<Search | null> {
  const terms = bounded(
    parts.flatMap((part) => {
      if (part.type !== 'words' && part.type !== 'phrase') return []
      return termOf(part.text, { not: part.not, isExact: part.type === 'phrase' }) ?? []
    }),
  )
  const isAsked =
    terms.length > 0 || parts.some(({ type }) => type !== 'words' && type !== 'phrase')
  if (!isAsked) return null
  const scope = await scopeOf(tx, userId, parts, roomId)
  if (scope.only?.length === 0 || scope.from?.length === 0) return null
  const counts = await countsOf(tx, [allRows, ...wordsToCount(terms, scope)])
  const beginning = await beginningWith(
    tx,
    terms.flatMap((term) => (term.type === 'word' && term.isPart ? [term.word] : [])),
  )
  const knowledge = { total: counts.get(allRows) ?? 0, counts, beginning }
  return { terms, parts, scope, knowledge, ...boundsOf(parts, timeZone) }
}

function boundsOf(parts: readonly SearchPart[], timeZone: string) {
  const since: string[] = []
  const until: string[] = []
  for (const part of parts) {
    if (part.type !== 'before' && part.type !== 'after') continue
    // A day itself is neither before nor after it.
    const edge = startOfDay(part.day, timeZone, part.type === 'after' ? 1 : 0)
    ;((part.type === 'after') === part.not ? until : since).push(edge)
  }
  return { since: since.sort().at(-1) ?? null, until: until.sort()[0] ?? null }
}

/** One row more than a page has, when there are more. */
async function pageOf(
  tx: TransactionSql,
  search: Search,
  after: SearchPlace | null,
): Promise<RoundRow[]> {
  const rows: RoundRow[] = []
  for (const round of [0, 1, 2] as const) {
    const wanted = pageSize + 1 - rows.length
    if (wanted <= 0) break
    if (!(await knowsMore(tx, search, round)) || round < (after?.round ?? 0)) continue
    const place = after?.round === round ? after : null
    rows.push(...(await findRound(tx, search, round, place, wanted)))
  }
  return rows
}

/** Looks up what a round needs to know; false when it can find nothing that the one before did not. */
async function knowsMore(tx: TransactionSql, search: Search, round: Round): Promise<boolean> {
  const { terms, knowledge } = search
  if (round === 0) return true
  if (round === 1) {
    knowledge.holding = await holding(
      tx,
      terms.filter(mayBeInside).map(({ word }) => word),
    )
    return knowledge.holding.size > 0
  }
  knowledge.similar = await similarTo(
    tx,
    terms.filter(mayBeSlip).map(({ word }) => word),
  )
  return knowledge.similar.size > 0
}

async function findRound(
  tx: TransactionSql,
  search: Search,
  round: Round,
  after: SearchPlace | null,
  limit: number,
): Promise<RoundRow[]> {
  const { terms, parts, scope, knowledge, since, until } = search
  const { must, mustNot } = factConditions(parts, scope, knowledge)
  const wordsOf = (each: Round) =>
    terms.filter((term) => !term.not).map((term) => conditionOf(term, knowledge, each))
  const unwanted = terms.filter((term) => term.not).map((term) => conditionOf(term, knowledge, 0))
  const before = round === 0 ? [] : wordsOf(round === 2 ? 1 : 0)
  const conditions = [...wordsOf(round), ...must]
  const finding: Finding = {
    scope,
    filter: allOf(conditions, [...unwanted.map(({ query }) => query), ...mustNot]),
    without: allOf(before, []),
    since,
    until,
    after,
    limit,
  }
  const had = round === 0 ? [] : [...before, ...must]
  const plan = planSearch(conditions, {
    total: knowledge.total,
    limit,
    had,
    unwanted: [...unwanted.flatMap(({ index }) => index), ...mustNot],
  })
  return (await findRows(tx, finding, plan)).map((row) => ({ ...row, round }))
}

type ResultRow = ChatRow & {
  room_kind: RoomKind
  room_slug: string | null
  room_name: string
}

/** The chats as they are now, of rooms that the asker may read now (security 30). */
async function resultsOf(
  tx: TransactionSql,
  userId: string,
  page: readonly FoundRow[],
  { terms, knowledge }: Search,
): Promise<SearchResult[]> {
  if (page.length === 0) return []
  const rows = await tx<ResultRow[]>`
    select chat.*, rooms.kind as room_kind, rooms.slug as room_slug,
      rooms.name as room_name
    from unnest(${page.map(({ room_id }) => room_id)}::uuid[], ${page.map(({ seq }) => seq)}::bigint[])
      with ordinality as found (room_id, seq, place)
    join rooms on rooms.id = found.room_id
    left join members on members.room_id = rooms.id and members.user_id = ${userId}
    cross join lateral (
      select ${chatColumns(tx)} from ${chatSource(tx)}
      where chats.room_id = found.room_id and chats.seq = found.seq and chats.deleted_at is null
    ) chat
    where rooms.kind = 'public' or members.user_id is not null
    order by found.place`
  return rows.map((row) => ({
    chat: chatOf(row),
    room: { id: row.room_id, kind: row.room_kind, slug: row.room_slug, name: row.room_name },
    highlights: highlightsOf(row.message, terms, knowledge.similar),
  }))
}
