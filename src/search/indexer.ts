import type { Sql, TransactionSql } from 'postgres'
import type { Counter } from '../chats/chat-row.ts'
import type { File } from '../protocol/files.ts'
import { allRows, indexTerms, spellingOf } from './index-terms.ts'

export interface IndexerOptions {
  sql: Sql
  /** Lets others have a turn; asked for between chats, each few milliseconds. */
  breathe: () => Promise<void>
}

export interface Batch {
  /** How many chats it took in. */
  count: number
  /** It took in as much as one may; there may be more of the same. */
  isFull: boolean
}

export interface Indexer {
  /** Takes in what changed in these rooms, or in all, since it last looked: one transaction. */
  step: (roomIds: readonly string[] | 'all') => Promise<Batch>
}

const batchChats = 400
const batchRooms = 100
/** Chats whose words are cut before others have a turn; a page of them takes about 2 ms. */
const breatheEvery = 100

interface ChangedRow {
  room_id: string
  seq: Counter
  rev: Counter
  created_at: Date
  /** Null when it can't be found: deleted, or told by the system. */
  message: string | null
  sender_id: string
  is_in_thread: boolean
  files: File[] | null
  is_public: boolean
}

/**
 * Follows each room's log by rev. A room belongs to one node while its batch lasts; rows, vocabulary
 * and watermark change in one transaction, so a crash leaves nothing half done.
 */
export function createIndexer({ sql, breathe }: IndexerOptions): Indexer {
  const cut = async (rows: ChangedRow[]): Promise<(string | null)[]> => {
    const terms: (string | null)[] = []
    for (const [at, row] of rows.entries()) {
      if (at % breatheEvery === breatheEvery - 1) await breathe()
      terms.push(row.message === null ? null : termsOf(row, row.message))
    }
    return terms
  }
  return {
    step: (roomIds) =>
      sql.begin(async (tx) => {
        // What is lost here with a crash is found in the log again: commits need not wait for the disk.
        // And a plan made while the index was small would read all of it, long after it has grown.
        await tx`
          select set_config(name, 'off', true)
          from unnest(${['synchronous_commit', 'enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']}::text[]) as name`
        await enter(tx, roomIds)
        const rows = await changed(tx, roomIds)
        if (rows.length > 0) await store(tx, rows, await cut(rows))
        const rooms = new Set(rows.map((row) => row.room_id))
        return {
          count: rows.length,
          isFull: rows.length >= batchChats || rooms.size >= batchRooms,
        }
      }),
  }
}

const termsOf = (row: ChangedRow, message: string): string =>
  indexTerms({
    roomId: row.room_id,
    isPublic: row.is_public,
    senderId: row.sender_id,
    message,
    isInThread: row.is_in_thread,
    fileTexts: (row.files ?? []).map(({ name, alt }) =>
      alt === undefined ? name : `${name} ${alt}`,
    ),
  })

/** Rooms that are new to the index. */
async function enter(tx: TransactionSql, roomIds: readonly string[] | 'all'): Promise<void> {
  await tx`
    insert into search_rooms (room_id)
    select rooms.id from rooms
    where ${roomIds === 'all' ? tx`true` : tx`rooms.id = any (${[...roomIds]})`}
      and not exists (select from search_rooms where search_rooms.room_id = rooms.id)
    on conflict do nothing`
}

/** What changed since, of rooms that no other node is at. Revs are committed in order: there are no holes to wait for. */
const changed = (tx: TransactionSql, roomIds: readonly string[] | 'all') => tx<ChangedRow[]>`
  with due as materialized (
    select search_rooms.room_id, search_rooms.rev, rooms.kind
    from search_rooms join rooms on rooms.id = search_rooms.room_id
    where rooms.head > search_rooms.rev
      ${roomIds === 'all' ? tx`` : tx`and search_rooms.room_id = any (${[...roomIds]})`}
    limit ${batchRooms}
    for no key update of search_rooms skip locked
  )
  select chats.room_id, chats.seq, chats.rev, chats.created_at, chats.sender_id,
    case when chats.kind = 'text' and chats.deleted_at is null then chats.message end as message,
    chats.thread_id is not null or coalesce(chats.extras ? 'thread', false) as is_in_thread,
    chats.extras -> 'files' as files, due.kind = 'public' as is_public
  from due cross join lateral (
    select * from chats
    where chats.room_id = due.room_id and chats.rev > due.rev
    order by chats.rev limit ${batchChats}
  ) chats
  order by chats.room_id, chats.rev
  limit ${batchChats}`

async function store(
  tx: TransactionSql,
  rows: ChangedRow[],
  terms: (string | null)[],
): Promise<void> {
  const counts = await tx<{ word: string; by: number }[]>`
    with given as materialized (
      select room_id, seq, at, words::tsvector as words
      from unnest(
        ${rows.map((row) => row.room_id)}::uuid[], ${rows.map((row) => row.seq)}::bigint[],
        ${rows.map((row) => row.created_at.toISOString())}::timestamptz[], ${terms}::text[]
      ) as given (room_id, seq, at, words)
    ), changed as materialized (
      select given.*, held.words as before
      from given left join search_rows held using (room_id, seq)
      where held.words is distinct from given.words
    ), gone as (
      delete from search_rows using changed
      where search_rows.room_id = changed.room_id and search_rows.seq = changed.seq
        and changed.words is null
    ), stored as (
      insert into search_rows (room_id, seq, at, words)
      select room_id, seq, at, words from changed where words is not null
      on conflict (room_id, seq) do update set words = excluded.words
    )
    select word, sum(by)::int as by
    from (
      select unnest(tsvector_to_array(words)) as word, 1 as by from changed
      union all
      select unnest(tsvector_to_array(before)), -1 from changed
      union all
      select ${allRows}, (words is not null)::int - (before is not null)::int from changed
    ) counted
    group by word having sum(by) <> 0`
  // A word that many of the batch have is looked up in the index once, not for each.
  await tx`select gin_clean_pending_list('search_rows_words')`
  await count(tx, counts)
  await follow(tx, rows)
}

/** In the order of the words, whoever writes: two nodes never wait for each other in a ring. */
async function count(tx: TransactionSql, counts: { word: string; by: number }[]): Promise<void> {
  const words = counts.map(({ word }) => word)
  await tx`
    insert into search_words (word, spelling, chats)
    select * from unnest(
      ${words}::text[], ${words.map(spellingOf)}::text[], ${counts.map(({ by }) => by)}::int[]
    ) as counted (word, spelling, by)
    order by counted.word collate "C"
    on conflict (word) do update set chats = search_words.chats + excluded.chats`
  // Of what was taken back, nothing stays: not the bare word either.
  const fewer = counts.filter(({ by }) => by < 0).map(({ word }) => word)
  if (fewer.length === 0) return
  await tx`delete from search_words where word = any (${fewer}) and chats <= 0`
}

async function follow(tx: TransactionSql, rows: ChangedRow[]): Promise<void> {
  // They come in the order of revs: the last of each room is as far as it was read.
  const revs = new Map(rows.map((row) => [row.room_id, row.rev]))
  await tx`
    update search_rooms set rev = seen.rev
    from unnest(${[...revs.keys()]}::uuid[], ${[...revs.values()]}::bigint[]) as seen (room_id, rev)
    where search_rooms.room_id = seen.room_id`
}
