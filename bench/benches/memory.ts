import { generate } from '../generate.ts'
import { type Bench, type Rounds, everyone, inArena, inTurns, pick } from './bench.ts'

/** What a person who only listens takes of the server's memory. */
export const memory: Bench = {
  name: 'memory',
  about: 'resident memory of a server that grew by 10,000 idle connections, for each of them',
  entered: everyone,
  async run(options) {
    const users = options.isShort ? 100 : 10_000
    const world = { users, rooms: 0, members: 0, chats: 0 }
    const results: Rounds<{ bytes: number | null; failed: number }> = {}
    // Each round on fresh servers: a heap that has grown once has room for the next ten thousand.
    for (let round = 0; round < options.rounds; round += 1) {
      const once = { ...options, rounds: 1 }
      const grown = await inArena(options, [world], everyone, ({ contestants, worlds }) =>
        inTurns(once, contestants, async ({ target, watch }) => {
          const tokens = worlds[0]?.tokens ?? []
          const come = { type: 'connect', target, watch, parallel: 100 } as const
          // What the first visitors cost is not theirs: code is compiled for them.
          await generate({ ...come, tokens: tokens.slice(0, 200), idleSeconds: 0 })
          const stay = await generate({
            ...come,
            tokens,
            idleSeconds: options.isShort ? 0 : options.seconds,
          })
          const before = stay.rssBefore['server']
          const after = stay.rssAfter['server']
          const isKnown = before !== undefined && after !== undefined && stay.connects > 0
          return { bytes: isKnown ? (after - before) / stay.connects : null, failed: stay.failed }
        }),
      )
      for (const name of everyone) (results[name] ??= []).push(...(grown[name] ?? []))
    }
    return [
      {
        what: 'memory of an idle connection, KB',
        rounds: pick(results, ({ bytes }) => bytes && bytes / 1024),
        aim: { of: 'value', atMost: 3 },
      },
      {
        what: 'memory: refused or lost',
        rounds: pick(results, ({ failed }) => failed),
        aim: { of: 'value', atMost: 0 },
      },
    ]
  },
}
