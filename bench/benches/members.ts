import type { Contestant, ContestantName } from '../contestants.ts'
import { generate } from '../generate.ts'
import type { LoadRoom, ResultOf } from '../load/jobs.ts'
import { type Bench, type BenchOptions, inArena, inTurns, pick, quietSeconds } from './bench.ts'

const entered = ['parley', 'bare'] as const satisfies ContestantName[]
/** Of each size: what grows with the members is then seen for one delivery. */
const deliveriesPerSecond = 20_000

interface Cost {
  joinMs: number | null
  /** CPU of the server. */
  joinMicros: number | null
  deliveryMicros: number | null
  p99Ms: number | null
  lost: number
}

/** What a room costs as it grows. */
export const members: Bench = {
  name: 'members',
  about: 'a join and a delivery in rooms of 10, 100, 1,000 and 10,000 who are all there',
  entered,
  async run(options) {
    const sizes = options.isShort ? [5, 50] : [10, 100, 1_000, 10_000]
    const worlds = sizes.map((size) => ({ users: size, rooms: 1, members: size, chats: 0 }))
    return inArena(options, worlds, entered, async ({ contestants, worlds: made }) => {
      const results = await inTurns(options, contestants, async (contestant) => {
        // What is done for the first time is slow for another reason.
        await join(contestant, made.at(-1)?.rooms[0], 100)
        const costs: Cost[] = []
        for (const { rooms } of made) {
          for (const room of rooms) costs.push(await costOf(options, contestant, room))
        }
        return costs
      })
      return sizes.flatMap((size, at) => {
        const what = `room of ${size.toLocaleString('en-US')}`
        return [
          { what: `${what}: join, p50, ms`, rounds: pick(results, (all) => all[at]?.joinMs) },
          {
            what: `${what}: CPU of a join, µs`,
            rounds: pick(results, (all) => all[at]?.joinMicros),
          },
          {
            what: `${what}: CPU of a delivery, µs`,
            rounds: pick(results, (all) => all[at]?.deliveryMicros),
          },
          {
            what: `${what}: p99 of a delivery, ms`,
            rounds: pick(results, (all) => all[at]?.p99Ms),
          },
          {
            what: `${what}: lost`,
            rounds: pick(results, (all) => all[at]?.lost),
            aim: { of: 'value', atMost: 0 } as const,
          },
        ]
      })
    })
  },
}

/** The first so many members of a room connect and join it. */
const join = async (
  { target, watch }: Contestant,
  room: LoadRoom | undefined,
  count?: number,
): Promise<ResultOf<'connect'>['joins']> => {
  const { roomId, tokens } = room ?? { roomId: '', tokens: [] }
  const { joins } = await generate({
    type: 'connect',
    target,
    watch,
    tokens: tokens.slice(0, count),
    parallel: 20,
    roomId,
    idleSeconds: 0,
  })
  return joins
}

const costOf = async (
  options: BenchOptions,
  contestant: Contestant,
  room: LoadRoom,
): Promise<Cost> => {
  const { roomId, tokens } = room
  const { target, watch } = contestant
  const joins = await join(contestant, room)
  const { talks } = await generate({
    type: 'talk',
    target,
    watch,
    rooms: [{ roomId, tokens }],
    senders: Math.min(5, tokens.length),
    seconds: options.seconds,
    quietSeconds: quietSeconds(options),
    paces: [{ type: 'open', perSecond: deliveriesPerSecond / tokens.length }],
  })
  const [talk] = talks
  return {
    joinMs: joins?.p50Ms ?? null,
    joinMicros: micros(joins?.cores['server'], joins?.perSecond),
    deliveryMicros: micros(talk?.cores['server'], talk?.deliveriesPerSecond),
    p99Ms: talk?.p99Ms ?? null,
    lost: talk?.lost ?? Number.NaN,
  }
}

const micros = (cores: number | undefined, perSecond: number | undefined): number | null =>
  cores === undefined || !perSecond ? null : (cores / perSecond) * 1_000_000
