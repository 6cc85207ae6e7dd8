import { generate } from '../generate.ts'
import { type Bench, inArena, inTurns, pick, saturatedIn } from './bench.ts'

const entered = ['parley', 'bare', 'express'] as const

/** The page that everyone asks for who opens a busy room. */
export const history: Bench = {
  name: 'history',
  about: 'GET of the newest fifty chats of a room that is warm, over 32 connections that are kept',
  entered,
  async run(options) {
    const world = { users: 20, rooms: 1, members: 20, chats: 1_000 }
    return inArena(options, [world], entered, async ({ contestants, worlds }) => {
      const results = await inTurns(options, contestants, ({ target, watch }) =>
        generate({
          type: 'requests',
          target,
          watch,
          paths: [`/api/rooms/${worlds[0]?.rooms[0]?.roomId}/chats`],
          tokens: worlds[0]?.tokens ?? [],
          connections: options.isShort ? 4 : 32,
          seconds: options.seconds,
        }),
      )
      return [
        {
          what: 'history: requests/s',
          rounds: pick(results, ({ perSecond }) => perSecond),
          aim: { of: 'value', atLeast: 25_000 },
          saturated: saturatedIn(results),
        },
        {
          what: 'history: p99, ms',
          rounds: pick(results, ({ p99Ms }) => p99Ms),
          aim: { of: 'value', atMost: 3 },
        },
        {
          what: 'history: refused',
          rounds: pick(results, ({ failed }) => failed),
          aim: { of: 'value', atMost: 0 },
        },
      ]
    })
  },
}
