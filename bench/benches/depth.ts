import type { Arena, Populated } from '../arena.ts'
import type { Contestant, ContestantName } from '../contestants.ts'
import type { Figure } from '../figures.ts'
import { generate } from '../generate.ts'
import { seeded } from '../report.ts'
import { type Bench, type BenchOptions, inArena, inTurns, pick } from './bench.ts'

const entered = ['parley', 'express'] as const satisfies ContestantName[]
/** The largest room may take so many times what the smallest takes, and still be called the same. */
const flat = 1.5
const members = 20

interface Opening {
  newestMs: number | null
  backMs: number | null
  /** Parley's alone: the rivals have no such frame that reads. */
  joinMs: number | null
}

/** A room is opened and read back as fast after a million chats as after a thousand. */
export const depth: Bench = {
  name: 'depth',
  about: 'opening a room of 10^3 to 10^6 chats and paging back to anywhere in it, warm and cold',
  entered,
  async run(options) {
    const sizes = options.isShort ? [100, 1_000] : [1_000, 10_000, 100_000, 1_000_000]
    // The first is for the code: what a server does for the first time is slow for another reason.
    const worlds = [100, ...sizes].map((chats) => ({ users: members, rooms: 1, members, chats }))
    return inArena(options, worlds, entered, async (arena) => {
      const warm = await inTurns(options, arena.contestants, (contestant) =>
        openEach(contestant, arena.worlds.slice(1), sizes, {
          newest: options.isShort ? 20 : 500,
          back: options.isShort ? 20 : 500,
        }),
      )
      const cold: Opening[][] = []
      for (let round = 0; round < options.rounds; round += 1) {
        cold.push(await openCold(options, arena, sizes, round % 2 === 1))
      }
      return [
        ...figuresOf(sizes, 'warm', (read) => pick(warm, read)),
        ...figuresOf(sizes, 'cold', (read) => pick({ parley: cold }, read)),
      ]
    })
  },
}

/** How many requests of each kind. */
interface Counts {
  newest: number
  back: number
}

type Read = (openings: Opening[]) => number | null | undefined

const figuresOf = (
  sizes: number[],
  state: string,
  rounds: (read: Read) => Figure['rounds'],
): Figure[] => {
  const parts = { newestMs: 'newest page', backMs: 'a page back', joinMs: 'join' } as const
  // The keys of the literal above.
  const names = Object.keys(parts) as (keyof typeof parts)[]
  return names.flatMap((name) => [
    ...sizes.map((size, at) => ({
      what: `${size.toLocaleString('en-US')} chats: ${parts[name]}, ${state}, ms`,
      rounds: rounds((all) => all[at]?.[name]),
    })),
    {
      what: `${parts[name]}, ${state}: the largest room to the smallest`,
      rounds: rounds((all) => (all.at(-1)?.[name] ?? Number.NaN) / (all[0]?.[name] ?? Number.NaN)),
      aim: { of: 'value', atMost: flat },
    },
  ])
}

/** The server and its Postgres were just started; the system may still hold their files. */
const openCold = async (
  { say }: BenchOptions,
  arena: Arena,
  sizes: number[],
  isLargestFirst: boolean,
): Promise<Opening[]> => {
  await arena.restart()
  const [parley] = arena.contestants
  if (!parley) throw new Error('Parley is not in the arena')
  const [first, ...rest] = arena.worlds
  if (first) await open(parley, first, 100, { newest: 50, back: 50 })
  // Whoever is first finds less in memory, of what all share.
  const turned = <T>(list: T[]): T[] => (isLargestFirst ? list.toReversed() : list)
  const counts = { newest: 1, back: 20 }
  const openings = turned(await openEach(parley, turned(rest), turned(sizes), counts))
  say(`  cold ${JSON.stringify(openings)}`)
  return openings
}

const openEach = async (
  contestant: Contestant,
  worlds: Populated[],
  sizes: number[],
  counts: Counts,
): Promise<Opening[]> => {
  const openings: Opening[] = []
  for (const [at, world] of worlds.entries()) {
    openings.push(await open(contestant, world, sizes[at] ?? 0, counts))
  }
  return openings
}

const open = async (
  { name, target, watch }: Contestant,
  { rooms, tokens }: Populated,
  chats: number,
  counts: Counts,
): Promise<Opening> => {
  const roomId = rooms[0]?.roomId ?? ''
  const random = seeded(chats)
  const path = `/api/rooms/${roomId}/chats`
  const ask = { type: 'requests', target, watch, tokens, connections: 1, seconds: 30 } as const
  const newest = await generate({ ...ask, paths: [path], count: counts.newest })
  const back = await generate({
    ...ask,
    paths: Array.from(
      { length: counts.back },
      () => `${path}?before=${Math.ceil(random() * chats)}`,
    ),
    count: counts.back,
  })
  const come = { type: 'connect', target, watch, tokens, parallel: 1, idleSeconds: 0 } as const
  const { joins } = name === 'parley' ? await generate({ ...come, roomId }) : { joins: null }
  const failed = newest.failed + back.failed
  if (failed > 0) throw new Error(`${name} refused ${failed} requests for a room of ${chats}`)
  return { newestMs: newest.p50Ms, backMs: back.p50Ms, joinMs: joins?.p50Ms ?? null }
}
