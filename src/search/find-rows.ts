import type { TransactionSql } from 'postgres'
import type { Counter } from '../chats/chat-row.ts'
import { allOf } from './conditions.ts'
import type { LookUp, Plan } from './plan.ts'
import type { Scope } from './scope.ts'

export interface FoundRow {
  room_id: string
  seq: Counter
  /** As the database writes it, to the microsecond. */
  at: string
}

export interface Finding {
  scope: Pick<Scope, 'mine' | 'only' | 'never'>
  /** All of what is asked of a row's words, as a `tsquery`; null for nothing. */
  filter: string | null
  /** Rows that were found before, by theirs. */
  without: string | null
  /** From here on, and up to there, not included. */
  since: string | null
  until: string | null
  /** Behind this one, going back in time. */
  after: { at: string; roomId: string; seq: number } | null
  limit: number
}

/** The newest rows that fit, by the way that the plan says. */
export async function findRows(
  tx: TransactionSql,
  finding: Finding,
  plan: Plan,
): Promise<FoundRow[]> {
  if (plan.way === 'index') return byIndex(tx, finding, plan.lookUp)
  const found = await byWalk(tx, finding, plan.rows)
  // Fewer than were asked for: the walk may have been given up. The index tells what is left.
  return found.length >= finding.limit || plan.lookUp === null
    ? found
    : byIndex(tx, finding, plan.lookUp)
}

const byIndex = (tx: TransactionSql, finding: Finding, { index, rest }: LookUp) => tx<FoundRow[]>`
  with fitting as materialized (
    select distinct room_id, seq, at
    from unnest(${[...index]}::text[]::tsquery[]) as asked (query)
    -- a fence: the planner, which has no idea of words, would hold each row to each question instead
    cross join lateral (
      select room_id, seq, at, words from search_rows where words @@ asked.query offset 0
    ) found
    where ${boundsOf(tx, finding)} and ${fits(tx, finding, allOf(rest, []))}
  )
  select room_id, seq, at::text from fitting order by ${orderOf(tx, finding)} limit ${finding.limit}`

const byWalk = (tx: TransactionSql, finding: Finding, rows: number) => tx<FoundRow[]>`
  select room_id, seq, at::text from (
    select room_id, seq, at, words from search_rows
    where ${boundsOf(tx, finding)}
    order by ${orderOf(tx, finding)} limit ${rows}
  ) newest
  where ${fits(tx, finding, finding.filter)}
  order by ${orderOf(tx, finding)} limit ${finding.limit}`

const oneRoom = ({ scope }: Finding): string | null =>
  scope.only?.length === 1 ? (scope.only[0] ?? null) : null

/** A room's chats are in order by seq; those of several by time. */
const orderOf = (tx: TransactionSql, finding: Finding) =>
  oneRoom(finding) === null ? tx`at desc, room_id desc, seq desc` : tx`seq desc`

/** What an index can begin and end at. */
function boundsOf(tx: TransactionSql, finding: Finding) {
  const { since, until, after } = finding
  const room = oneRoom(finding)
  return tx`true
    ${room === null ? tx`` : tx`and room_id = ${room}`}
    ${since === null ? tx`` : tx`and at >= ${since}::text::timestamptz`}
    ${until === null ? tx`` : tx`and at < ${until}::text::timestamptz`}
    ${
      after === null
        ? tx``
        : room === null
          ? tx`and (at, room_id, seq) < (${after.at}::text::timestamptz, ${after.roomId}::uuid, ${after.seq}::bigint)`
          : tx`and seq < ${after.seq}`
    }`
}

/** `is true` hides the words from the planner, which would look them all up in the index again. */
function fits(tx: TransactionSql, { scope, without }: Finding, filter: string | null) {
  const { mine, only, never } = scope
  return tx`true
    ${filter === null ? tx`` : tx`and (words @@ ${filter}::tsquery) is true`}
    ${without === null ? tx`` : tx`and (words @@ ${without}::tsquery) is not true`}
    ${only === null || only.length === 1 ? tx`` : tx`and room_id = any (${only})`}
    ${never.length === 0 ? tx`` : tx`and room_id <> all (${never})`}
    ${only === null ? tx`and ((words @@ '+public'::tsquery) is true or room_id = any (${mine}))` : tx``}`
}
