import { generate } from '../generate.ts'
import { type Bench, everyone, inArena, inTurns, pick, quietSeconds } from './bench.ts'

/** From a key to the others' screens. */
export const typing: Bench = {
  name: 'typing',
  about: 'from a typing frame to each other member, 50 rooms of 20, one types in each',
  entered: everyone,
  async run(options) {
    const rooms = options.isShort ? 4 : 50
    const members = options.isShort ? 5 : 20
    const world = { users: rooms * members, rooms, members, chats: 0 }
    return inArena(options, [world], everyone, async ({ contestants, worlds }) => {
      const results = await inTurns(options, contestants, ({ target, watch }) =>
        generate({
          type: 'typing',
          target,
          watch,
          rooms: worlds[0]?.rooms ?? [],
          quietSeconds: quietSeconds(options),
          seconds: options.seconds,
        }),
      )
      return [
        { what: 'typing: p50, ms', rounds: pick(results, ({ p50Ms }) => p50Ms) },
        { what: 'typing: p99, ms', rounds: pick(results, ({ p99Ms }) => p99Ms) },
        {
          what: 'typing: not heard',
          rounds: pick(results, ({ lost }) => lost),
          aim: { of: 'value', atMost: 0 },
        },
      ]
    })
  },
}
