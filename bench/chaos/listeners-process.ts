import { z } from 'zod'
import { seeded } from '../report.ts'
import { until } from './crowd.ts'
import { createOrders } from './far-process.ts'
import { type Listener, allSynced, openListener } from './listener.ts'
import { now } from './now.ts'

/** What the listeners are told first; the rest are orders, a line each. */
const startSchema = z.object({
  urls: z.array(z.string()),
  tokens: z.array(z.string()),
  roomIds: z.array(z.string()),
  seed: z.int(),
})
export type ListenersStart = z.infer<typeof startSchema>

const orderSchema = z.discriminatedUnion('order', [
  z.object({ order: z.literal('cut'), withinMs: z.number() }),
  z.object({
    order: z.literal('compare'),
    newest: z.array(z.tuple([z.string(), z.int()])),
    withinMs: z.number(),
  }),
])
export type ListenersOrder = z.infer<typeof orderSchema>

export const comparedSchema = z.object({ holes: z.int(), doubled: z.int(), behind: z.int() })

/** So many connect at once at the start; after a cut it is all of them. */
const together = 250
const startWithinMs = 120_000

/** Ten thousand who listen, in a process of their own. */
if (import.meta.main) {
  const next = createOrders()
  const { urls, tokens, roomIds, seed } = await next(startSchema)
  const random = seeded(seed)
  const listeners: Listener[] = []
  for (let at = 0; at < tokens.length; at += together) {
    for (const [n, token] of tokens.slice(at, at + together).entries()) {
      const url = urls[(at + n) % urls.length] ?? ''
      listeners.push(openListener({ url, token, roomId: roomIds[at + n] ?? '', random }))
    }
    await allSynced(listeners, startWithinMs)
  }
  console.log(JSON.stringify(await allSynced(listeners, startWithinMs)))
  for (;;) {
    const order = await next(orderSchema)
    if (order.order === 'cut') {
      const cutMs = now()
      for (const listener of listeners) listener.cut()
      await allSynced(listeners, order.withinMs)
      console.log(JSON.stringify(listeners.map((each) => each.syncedAtMs() - cutMs)))
      continue
    }
    const newest = new Map(order.newest)
    const isBehind = (listener: Listener, at: number): boolean =>
      listener.rev() !== newest.get(roomIds[at] ?? '')
    await until(order.withinMs, () => !listeners.some(isBehind))
    const faults = listeners.map((each) => each.faults())
    const compared: z.infer<typeof comparedSchema> = {
      holes: faults.reduce((sum, { holes }) => sum + holes, 0),
      doubled: faults.reduce((sum, { doubled }) => sum + doubled, 0),
      behind: listeners.filter(isBehind).length,
    }
    console.log(JSON.stringify(compared))
  }
}
