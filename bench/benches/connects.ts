import { generate } from '../generate.ts'
import { type Bench, everyone, inArena, inTurns, pick, saturatedIn } from './bench.ts'

const parallel = 200

/** Everyone comes at once, as after a restart, each with a token of their own. */
export const connects: Bench = {
  name: 'connects',
  about: `10,000 people connect with a token each, ${parallel} at once: upgrade, verify, hello`,
  entered: everyone,
  async run(options) {
    const users = options.isShort ? 100 : 10_000
    const world = { users, rooms: 0, members: 0, chats: 0 }
    return inArena(options, [world], everyone, async ({ contestants, worlds }) => {
      const results = await inTurns(options, contestants, ({ target, watch }) =>
        generate({
          type: 'connect',
          target,
          watch,
          tokens: worlds[0]?.tokens ?? [],
          parallel,
          idleSeconds: 0,
        }),
      )
      return [
        {
          what: 'connects/s with a token',
          rounds: pick(results, ({ perSecond }) => perSecond),
          aim: { of: 'value', atLeast: 14_000 },
          saturated: saturatedIn(results),
        },
        { what: 'connects: p99 until hello, ms', rounds: pick(results, ({ p99Ms }) => p99Ms) },
        {
          what: 'connects: refused or lost',
          rounds: pick(results, ({ failed }) => failed),
          aim: { of: 'value', atMost: 0 },
        },
      ]
    })
  },
}
