import { errorStatus } from '../../src/protocol/errors.ts'
import { generate } from '../generate.ts'
import type { Contestant } from '../contestants.ts'
import type { LoadRoom, Talk } from '../load/jobs.ts'
import { type Bench, type BenchOptions, inArena, inTurns, pick, quietSeconds } from './bench.ts'

const password = 'correct horse battery'
const signInsPerMinute = 1_000
const refusals: readonly number[] = [errorStatus.rate_limited, errorStatus.overloaded]

interface Both {
  calm: Talk
  flooded: Talk
  sent: Flood
}

interface Flood {
  done: number
  /** Too many from there, or at once. */
  refused: number
  failed: number
}

/** Security 19: a flood of sign-ins, of many accounts and as if from many addresses, beside the talk. */
export const signIns: Bench = {
  name: 'sign-ins',
  about: 'from send to each reader at 250 chats/s, with and without 1,000 sign-ins a minute',
  entered: ['parley'],
  async run(options) {
    const rooms = options.isShort ? 4 : 50
    const members = options.isShort ? 5 : 20
    const world = { users: rooms * members, rooms, members, chats: 0, password }
    return inArena(options, [world], ['parley'], async ({ contestants, worlds }) => {
      const places = worlds[0]?.rooms ?? []
      const results = await inTurns(options, contestants, async (contestant): Promise<Both> => {
        const calm = await talk(options, contestant, places)
        const flood = startFlood(contestant.target.url, world.users)
        const flooded = await talk(options, contestant, places)
        return { calm, flooded, sent: await flood.stop() }
      })
      return [
        { what: 'no sign-ins: p99 of a chat, ms', rounds: pick(results, ({ calm }) => calm.p99Ms) },
        {
          what: '1,000 sign-ins a minute: p99 of a chat, ms',
          rounds: pick(results, ({ flooded }) => flooded.p99Ms),
        },
        {
          what: 'the one to the other',
          rounds: pick(results, ({ calm, flooded }) => (flooded.p99Ms ?? NaN) / (calm.p99Ms ?? 0)),
          aim: { of: 'value', atMost: 2 },
        },
        {
          what: '1,000 sign-ins a minute: signed in, % of them',
          rounds: pick(results, ({ sent: { done, refused } }) => (100 * done) / (done + refused)),
        },
        {
          what: '1,000 sign-ins a minute: neither done nor refused',
          rounds: pick(results, ({ sent }) => sent.failed),
          aim: { of: 'value', atMost: 0 },
        },
        {
          what: '1,000 sign-ins a minute: chats lost or out of order',
          rounds: pick(results, ({ flooded: { lost, reordered } }) => lost + reordered),
          aim: { of: 'value', atMost: 0 },
        },
      ]
    })
  },
}

/** Four times as long as others: a p99 of few chats says little. */
async function talk(
  options: BenchOptions,
  { target, watch }: Contestant,
  rooms: LoadRoom[],
): Promise<Talk> {
  const { talks } = await generate({
    type: 'talk',
    target,
    watch,
    rooms,
    quietSeconds: quietSeconds(options),
    senders: 5,
    seconds: options.seconds * 4,
    paces: [{ type: 'open', perSecond: options.isShort ? 50 : 250 }],
  })
  const [only] = talks
  if (!only) throw new Error('Nothing was said')
  return only
}

/** One after the other's time, whether or not the one before was answered: that is what a flood is. */
function startFlood(url: string, users: number): { stop: () => Promise<Flood> } {
  const flood: Flood = { done: 0, refused: 0, failed: 0 }
  const underWay = new Set<Promise<void>>()
  let next = 0
  const signIn = async (): Promise<void> => {
    const email = `w0x${next++ % users}@example.com`
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ email, password })
    const { ok, status } = await fetch(`${url}/api/auth/signin`, { method: 'POST', headers, body })
    flood[ok ? 'done' : refusals.includes(status) ? 'refused' : 'failed'] += 1
  }
  const timer = setInterval(() => {
    const one = signIn().finally(() => underWay.delete(one))
    underWay.add(one)
  }, 60_000 / signInsPerMinute)
  return {
    stop: async () => {
      clearInterval(timer)
      await Promise.all(underWay)
      return flood
    },
  }
}
