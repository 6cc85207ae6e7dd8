import type { TransactionSql } from 'postgres'
import { editDistance, slipsAllowed } from './edit-distance.ts'
import { spellingOf } from './index-terms.ts'

/** Words of the index, and how many rows have one of them. */
export interface Found {
  /** Null for more than are worth naming. */
  words: string[] | null
  count: number
}

export type Vocabulary = ReadonlyMap<string, Found>

/** Words looked at to count what begins alike; a prefix of more is frequent anyway. */
const mostPrefixed = 5_000
const mostNamed = 24
/** Words that hold what was typed, the most frequent first; of rarer ones people type more. */
const mostHolding = 24
/** Words that are held to what was typed, letter by letter. */
const mostSimilar = 3_000

/** How often each of these stands in the index. */
export async function countsOf(
  tx: TransactionSql,
  words: readonly string[],
): Promise<Map<string, number>> {
  if (words.length === 0) return new Map()
  const rows = await tx<{ word: string; chats: number }[]>`
    select word, chats from search_words where word = any (${[...words]})`
  return new Map(rows.map(({ word, chats }) => [word, chats]))
}

/** The words of the index that begin with each of these, itself among them. */
export async function beginningWith(
  tx: TransactionSql,
  words: readonly string[],
): Promise<Vocabulary> {
  if (words.length === 0) return new Map()
  const rows = await tx<{ word: string; count: number; known: number; words: string[] | null }[]>`
    select asked.word, begun.*
    from unnest(${[...words]}::text[]) as asked (word)
    cross join lateral (
      select coalesce(sum(chats), 0)::int as count, count(*)::int as known,
        (array_agg(word))[1:${mostNamed}::int] as words
      from (
        select word, chats from search_words
        where word >= asked.word collate "C" and word < asked.word || chr(1114111) collate "C"
        limit ${mostPrefixed}
      ) begun
    ) begun`
  return new Map(
    rows.map(({ word, count, known, words: named }) => [
      word,
      { words: known > mostNamed ? null : (named ?? []), count },
    ]),
  )
}

/** The words of the index that have each of these behind their first letter. */
export async function holding(tx: TransactionSql, words: readonly string[]): Promise<Vocabulary> {
  if (words.length === 0) return new Map()
  const rows = await tx<{ word: string; count: number; words: string[] }[]>`
    select asked.word, inside.*
    from unnest(${[...words]}::text[], ${words.map(spellingOf)}::text[]) as asked (word, spelling)
    cross join lateral (
      select sum(chats)::int as count, array_agg(word) as words
      from (
        select word, chats from search_words
        where spelling like '%' || asked.spelling || '%' and word >= '0' and length(word) > 2
          and strpos(word, asked.word) > 1
        order by chats desc limit ${mostHolding}
      ) inside
      having count(*) > 0
    ) inside`
  return new Map(rows.map(({ word, ...found }) => [word, found]))
}

/**
 * The words of the index that each of these may be a slip of, or the other way round. A slip leaves one
 * half of a word as it is, but for two letters swapped in its very middle.
 */
export async function similarTo(tx: TransactionSql, words: readonly string[]): Promise<Vocabulary> {
  if (words.length === 0) return new Map()
  const halves = words.map((word) => {
    const letters = Array.from(spellingOf(word))
    const middle = letters.length >> 1
    const [left = '', right = ''] = letters.slice(middle - 1, middle + 1)
    return {
      start: letters.slice(0, middle).join(''),
      end: letters.slice(-middle).join(''),
      swapped: [...letters.slice(0, middle - 1), right, left, ...letters.slice(middle + 1)].join(
        '',
      ),
    }
  })
  const rows = await tx<{ asked: string; word: string; chats: number }[]>`
    select asked.word as asked, near.word, near.chats
    from unnest(
      ${[...words]}::text[], ${halves.map(({ start }) => start)}::text[],
      ${halves.map(({ end }) => end)}::text[], ${halves.map(({ swapped }) => swapped)}::text[]
    ) as asked (word, start, finish, swapped)
    cross join lateral (
      select word, chats from search_words
      where (spelling like asked.start || '%' or spelling like '%' || asked.finish
          or spelling like asked.swapped)
        and word >= '0' and length(word) > 2
        and length(word) between length(asked.word) - 2 and length(asked.word) + 2
      limit ${mostSimilar}
    ) near`
  const near = new Map<string, { words: string[]; count: number }>()
  for (const { asked, word, chats } of rows) {
    const most = slipsAllowed(asked)
    // What has it inside is no slip of it, and was found before.
    if (word.includes(asked) || editDistance(asked, word, most) > most) continue
    const held = near.get(asked)
    if (held) {
      held.words.push(word)
      held.count += chats
    } else near.set(asked, { words: [word], count: chats })
  }
  return near
}
