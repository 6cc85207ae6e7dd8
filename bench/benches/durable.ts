import { generate } from '../generate.ts'
import { type Bench, inArena, inTurns, pick, quietSeconds } from './bench.ts'

const entered = ['parley', 'express', 'socketIo'] as const

/** How much can be stored: fifty rooms with one person each, so that fan-out is no part of it. */
export const durable: Bench = {
  name: 'durable',
  about: 'chats/s committed and acked, the most at 500, 1,000 and 2,000 on the way',
  entered,
  async run(options) {
    const rooms = options.isShort ? 5 : 50
    const world = { users: rooms, rooms, members: 1, chats: 0 }
    return inArena(options, [world], entered, async ({ contestants, worlds }) => {
      const results = await inTurns(options, contestants, async ({ target, watch }) => {
        const { talks } = await generate({
          type: 'talk',
          target,
          watch,
          rooms: worlds[0]?.rooms ?? [],
          senders: 1,
          seconds: options.seconds,
          quietSeconds: quietSeconds(options),
          paces: (options.isShort ? [20] : [500, 1_000, 2_000]).map((inFlight) => ({
            type: 'closed',
            inFlight,
          })),
        })
        return {
          perSecond: Math.max(...talks.map(({ acksPerSecond }) => acksPerSecond)),
          lost: talks.reduce((sum, { lost }) => sum + lost, 0),
        }
      })
      return [
        { what: 'durable chats/s', rounds: pick(results, ({ perSecond }) => perSecond) },
        {
          what: 'durable: lost',
          rounds: pick(results, ({ lost }) => lost),
          aim: { of: 'value', atMost: 0 },
        },
      ]
    })
  },
}
