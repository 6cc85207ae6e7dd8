import { generate } from '../generate.ts'
import type { Talk } from '../load/jobs.ts'
import {
  type Bench,
  everyone,
  inArena,
  inTurns,
  pick,
  quietSeconds,
  type Rounds,
  saturatedIn,
} from './bench.ts'

/** From send to each reader at a steady rate, and what that costs. */
export const latency: Bench = {
  name: 'latency',
  about: 'from send to each reader at 250 and 1,000 chats/s, 50 rooms of 20, and the CPU it takes',
  entered: everyone,
  async run(options) {
    const rooms = options.isShort ? 4 : 50
    const members = options.isShort ? 5 : 20
    const rates = options.isShort ? [50, 100] : [250, 1_000]
    const world = { users: rooms * members, rooms, members, chats: 0 }
    return inArena(options, [world], everyone, async ({ contestants, worlds }) => {
      const results = await inTurns(options, contestants, async ({ target, watch }) => {
        const { talks } = await generate({
          type: 'talk',
          target,
          watch,
          rooms: worlds[0]?.rooms ?? [],
          quietSeconds: quietSeconds(options),
          senders: 5,
          seconds: options.seconds,
          paces: rates.map((perSecond) => ({ type: 'open', perSecond })),
        })
        return talks
      })
      return rates.flatMap((rate, at) => {
        const what = `${rate.toLocaleString('en-US')} chats/s`
        const isTop = at === rates.length - 1
        const talks = atRate(results, at)
        const saturated = saturatedIn(talks)
        return [
          {
            what: `${what}: p50, ms`,
            rounds: pick(talks, ({ p50Ms }) => p50Ms),
            saturated,
            ...(isTop && { aim: { of: 'ratio', atMost: 2 } as const }),
          },
          {
            what: `${what}: p99, ms`,
            rounds: pick(talks, ({ p99Ms }) => p99Ms),
            saturated,
            ...(isTop && { aim: { of: 'difference', atMost: 3 } as const }),
          },
          {
            what: `${what}: cores of the server`,
            rounds: pick(talks, ({ cores }) => cores['server']),
            ...(isTop && { aim: { of: 'value', atMost: 0.2 } as const }),
          },
          {
            what: `${what}: cores of Postgres`,
            rounds: pick(talks, ({ cores }) => cores['postgres']),
          },
          {
            what: `${what}: lost or out of order`,
            rounds: pick(talks, ({ lost, reordered }) => lost + reordered),
            aim: { of: 'value', atMost: 0 } as const,
          },
        ]
      })
    })
  },
}

/** What was measured at one of the rates. */
const atRate = (results: Rounds<Talk[]>, at: number): Rounds<Talk> => {
  const found: Rounds<Talk> = {}
  for (const name of everyone) {
    const rounds = results[name]
    if (rounds) found[name] = rounds.flatMap((talks) => talks[at] ?? [])
  }
  return found
}
