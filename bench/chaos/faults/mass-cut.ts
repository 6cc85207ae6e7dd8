import { z } from 'zod'
import { byRoom } from '../../checker.ts'
import { startFarProcess } from '../far-process.ts'
import type { Fault } from '../fault.ts'
import { type ListenersOrder, type ListenersStart, comparedSchema } from '../listeners-process.ts'
import type { Stage } from '../stage.ts'

const members = 100
const withinMs = 30_000
const restMs = 60_000
const calmMs = 2_000

/** JSON has no NaN: null is one who was not there in time. */
const syncedSchema = z.array(z.number().nullable())

const listenersOf = (times: Stage['times']): number => times(10_000, 2_000, 300)

export const massCut: Fault = {
  name: 'mass-cut',
  about: '10,000 clients cut at once, and back by themselves; all synced ≤ 30 s, A–G',
  nodes: 2,
  world: ({ times }) => {
    const users = listenersOf(times)
    return { users, rooms: users / members, members }
  },
  async run(stage) {
    const { tokens, roomIds, nodes, times, expect, scale, random } = stage
    const far = startFarProcess('listeners-process.ts')
    try {
      const start: ListenersStart = {
        urls: nodes.map(({ url }) => url),
        tokens: [...tokens],
        roomIds: roomIds.map(([first = '']) => first),
        seed: Math.floor(random() * 2 ** 31),
      }
      expect.holds('all are there', (await far.ask(start)) === 'true')
      const order = (what: ListenersOrder): Promise<string> => far.ask(what)
      // Each who listens hears a hundredth of what these say.
      const crowd = await stage.openCrowd({
        tokens: tokens.slice(0, scale.clients),
        roomIds: roomIds.slice(0, scale.clients),
        rate: scale.rate / 10,
      })
      for (let count = times(3, 2, 1); count > 0; count -= 1) {
        await Bun.sleep(calmMs)
        const answer = await order({ order: 'cut', withinMs: 2 * withinMs })
        const synced = syncedSchema.parse(JSON.parse(answer))
        stage.recovered(synced.map((ms) => ms ?? Infinity))
        stage.trial()
      }
      await stage.judge(crowd)
      const newest = [...byRoom(await stage.readLog())].map(([roomId, chats]): [string, number] => [
        roomId,
        chats.length,
      ])
      const compared = comparedSchema.parse(
        JSON.parse(await order({ order: 'compare', newest, withinMs: restMs })),
      )
      stage.tally(0, 0, { holes: compared.holes, doubled: compared.doubled })
      expect.atMost('clients behind in the end', compared.behind, 0)
      const lastMs = Math.max(...stage.outcome().recoveriesMs)
      expect.atMost('all had everything again after', lastMs, withinMs, ' ms')
    } finally {
      await far.close()
    }
  },
}
