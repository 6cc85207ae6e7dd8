import { generate } from '../generate.ts'
import type { Talk } from '../load/jobs.ts'
import { type Bench, everyone, inArena, inTurns, pick, quietSeconds, saturatedIn } from './bench.ts'

interface Shape {
  rooms: number
  members: number
  /** Of each room. */
  senders: number
  /** Chats on the way at once, a step each. */
  inFlight: number[]
}

const untilP99Ms = 100

const fanOut = (name: string, what: string, full: Shape, short: Shape): Bench => ({
  name,
  about: `the most deliveries/s with p99 under ${untilP99Ms} ms, ${what}`,
  entered: everyone,
  async run(options) {
    const { rooms, members, senders, inFlight } = options.isShort ? short : full
    const world = { users: rooms * members, rooms, members, chats: 0 }
    return inArena(options, [world], everyone, async ({ contestants, worlds }) => {
      const results = await inTurns(options, contestants, async ({ target, watch }) => {
        const { talks } = await generate({
          type: 'talk',
          target,
          watch,
          rooms: worlds[0]?.rooms ?? [],
          quietSeconds: quietSeconds(options),
          senders,
          seconds: options.seconds,
          paces: inFlight.map((count) => ({ type: 'closed', inFlight: count })),
          untilP99Ms,
        })
        return bestOf(talks)
      })
      return [
        {
          what: `${what}: deliveries/s`,
          rounds: pick(results, ({ deliveriesPerSecond }) => deliveriesPerSecond),
          aim: { of: 'ratio', atLeast: 0.7 },
          saturated: saturatedIn(results),
        },
        { what: `${what}: p99 then, ms`, rounds: pick(results, ({ p99Ms }) => p99Ms) },
        {
          what: `${what}: lost, of ${counted(results.parley)} of Parley's`,
          rounds: pick(results, ({ lost }) => lost),
          aim: { of: 'value', atMost: 0 },
        },
        {
          what: `${what}: out of order`,
          rounds: pick(results, ({ reordered }) => reordered),
          aim: { of: 'value', atMost: 0 },
        },
      ]
    })
  },
})

/** Of the steps that it kept up with, the one that carried most; of none of them, the first. */
const bestOf = (talks: Talk[]): Talk => {
  const passed = talks.filter((talk) => (talk.p99Ms ?? Infinity) < untilP99Ms && talk.lost === 0)
  const [best] = (passed.length > 0 ? passed : talks.slice(0, 1)).toSorted(
    (a, b) => b.deliveriesPerSecond - a.deliveriesPerSecond,
  )
  if (!best) throw new Error('The load generator measured nothing')
  return best
}

const counted = (talks: Talk[] = []): string =>
  talks.reduce((sum, { chats }) => sum + chats, 0).toLocaleString('en-US')

export const rooms = fanOut(
  'fan-out',
  '50 rooms of 20',
  { rooms: 50, members: 20, senders: 5, inFlight: [25, 100, 250, 500, 1_000, 2_000] },
  { rooms: 4, members: 5, senders: 2, inFlight: [4, 8] },
)

export const oneRoom = fanOut(
  'one-room',
  '1 room of 1,000',
  { rooms: 1, members: 1_000, senders: 5, inFlight: [1, 5, 10, 20, 40, 80, 160] },
  { rooms: 1, members: 20, senders: 2, inFlight: [4, 8] },
)
