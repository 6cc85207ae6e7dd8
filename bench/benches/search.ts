import postgres from 'postgres'
import { call, createClient } from '../../src/client.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { createIndexer } from '../../src/search/indexer.ts'
import type { Figure } from '../figures.ts'
import { quantile, seeded } from '../report.ts'
import type { Contestant } from '../contestants.ts'
import { type Bench, inArena, inTurns, pick } from './bench.ts'
import { rankOf, wordOf } from './search-words.ts'

const entered = ['parley'] as const
const members = 20
/** Made-up words that each chat says beside its own. */
const wordsPerChat = 5

/** What people type, a search of each kind at a time. `random` chooses the words by how often they are said. */
const kinds = {
  word: (word) => word(),
  'beginning of a word': (word) => word().slice(0, 3),
  'part of a word': (word) => word().slice(1, 6),
  'two words': (word) => `${word()} ${word()}`,
  'a typo': (word) => swapped(word()),
  'a phrase': (_, random) => (random() < 0.5 ? '"cake in the kitchen"' : '"ship that on a"'),
  'from:': (word, random) => `from:@w0x${Math.floor(random() * members)} ${word()}`,
  'in:': (word) => `in:#w0x-general-0 ${word()}`,
  'after:': (word, random) => `after:${dayBefore(Math.ceil(random() * 80))} ${word()}`,
  'without a word': (word) => `${word()} -kitchen`,
  'what is not there': (word) => `${word()}qqx`,
} satisfies Record<string, (word: () => string, random: () => number) => string>

type Kind = keyof typeof kinds
// The keys of the literal above.
const kindNames = Object.keys(kinds) as Kind[]

const swapped = (word: string): string =>
  word.slice(0, 1) + (word[2] ?? '') + (word[1] ?? '') + word.slice(3)

const dayBefore = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

interface Searched {
  p50: number
  p95: number
  slowest: number
  byKind: Record<string, number>
  /** From the ack of a chat until it is found. */
  lagMs: number
}

/** A million chats of a hundred thousand words, in rooms of which half are not everybody's. */
export const search: Bench = {
  name: 'search',
  about: 'searches of eleven kinds in a million chats, and how soon a chat is found',
  entered,
  async run(options) {
    const chats = options.isShort ? 500 : 1_000_000
    const rooms = options.isShort ? 4 : 100
    const world = { users: rooms * members, rooms, members, chats }
    const each = options.isShort ? 2 : 30
    return inArena(
      options,
      [world],
      entered,
      async ({ contestants, worlds }) => {
        let round = 0
        const results = await inTurns(options, contestants, (contestant) => {
          round += 1
          const { tokens = [], rooms: own = [] } = worlds[0] ?? {}
          return searchAll(contestant, tokens[0] ?? '', own[0]?.roomId ?? '', each, round)
        })
        return figuresOf((read) => pick(results, read))
      },
      (dataDir) => enrich(dataDir, options.say),
    )
  },
}

const figuresOf = (
  rounds: (read: (searched: Searched) => number | undefined) => Figure['rounds'],
): Figure[] => [
  { what: 'search: p50, ms', rounds: rounds(({ p50 }) => p50) },
  {
    what: 'search: p95, ms',
    rounds: rounds(({ p95 }) => p95),
    aim: { of: 'value', atMost: 50 },
  },
  { what: 'search: slowest, ms', rounds: rounds(({ slowest }) => slowest) },
  ...kindNames.map((kind) => ({
    what: `search for ${kind}: p95, ms`,
    rounds: rounds(({ byKind }) => byKind[kind]),
  })),
  {
    what: 'search: a chat is found after, ms',
    rounds: rounds(({ lagMs }) => lagMs),
    aim: { of: 'value', atMost: 1_000 },
  },
]

async function searchAll(
  { target }: Contestant,
  accessToken: string,
  roomId: string,
  each: number,
  seed: number,
): Promise<Searched> {
  const random = seeded(seed)
  const client = createClient({ url: target.url, accessToken })
  const ask = (query: string) => call(client.api.search.$get({ query: { query } }))
  const times: number[] = []
  const byKind: Record<string, number> = {}
  for (const kind of kindNames) {
    const own: number[] = []
    for (let n = 0; n < each; n += 1) {
      const query = kinds[kind](() => wordOf(rankOf(random)), random)
      const startMs = performance.now()
      await ask(query)
      own.push(performance.now() - startMs)
    }
    byKind[kind] = quantile(own, 0.95)
    times.push(...own)
  }

  const lags: number[] = []
  for (let n = 0; n < Math.min(each, 5); n += 1) {
    const message = `lagword${seed}x${n}`
    await call(client.api.rooms[':roomId'].chats.$post({ param: { roomId }, json: { message } }))
    const startMs = performance.now()
    const isFound = async () =>
      (await ask(message)).results.some(({ chat }) => chat.message === message)
    // What looks alike is found too, as a typo: that is not it.
    while (!(await isFound())) await Bun.sleep(5)
    lags.push(performance.now() - startMs)
  }
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    slowest: Math.max(...times),
    byKind,
    lagMs: quantile(lags, 0.5),
  }
}

/** Gives each chat words of a large vocabulary, closes half of the rooms, and indexes all of it. */
async function enrich(dataDir: string, say: (line: string) => void): Promise<void> {
  const embedded = await startEmbedded({ dataDir })
  const sql = postgres({ ...embedded.connection, max: 1, onnotice: () => {} })
  try {
    await sql`
      update rooms set kind = 'private'
      where id in (select id from rooms order by id offset 1 limit (select count(*) / 2 from rooms))`
    const random = seeded(1)
    const batch = 10_000
    const rooms = await sql<{ id: string; last_seq: string }[]>`select id, last_seq from rooms`
    for (const { id, last_seq } of rooms) {
      for (let from = 1; from <= Number(last_seq); from += batch) {
        const seqs = Array.from({ length: batch }, (_, at) => from + at)
        const words = seqs.map(() =>
          Array.from({ length: wordsPerChat }, () => wordOf(rankOf(random))).join(' '),
        )
        await sql`
          update chats set message = message || ' ' || more.words
          from unnest(${seqs}::bigint[], ${words}::text[]) as more (seq, words)
          where chats.room_id = ${id} and chats.seq = more.seq and chats.kind = 'text'`
      }
    }
    await sql`vacuum analyze chats`
    const indexer = createIndexer({ sql, breathe: () => Promise.resolve() })
    const startMs = performance.now()
    let indexed = 0
    for (;;) {
      const { count } = await indexer.step('all')
      if (count === 0) break
      indexed += count
    }
    const seconds = (performance.now() - startMs) / 1_000
    say(`  indexed ${indexed} chats, ${Math.round(indexed / seconds)} a second`)
    await sql`vacuum analyze search_rows`
    await sql`vacuum analyze search_words`
  } finally {
    await sql.end()
    await embedded.stop()
  }
}
