import { z } from 'zod'
import { seeded } from '../report.ts'
import { openCrowd } from './crowd.ts'
import { createOrders } from './far-process.ts'

/** What a crowd in a process of its own is told first; the rest are orders, a line each. */
const startSchema = z.object({
  tokens: z.array(z.string()),
  roomIds: z.array(z.array(z.string())),
  urls: z.array(z.string()),
  rate: z.number(),
  seed: z.int(),
})
export type CrowdStart = z.infer<typeof startSchema>

const orderSchema = z.discriminatedUnion('order', [
  z.object({ order: z.literal('hush'), withinMs: z.number() }),
  z.object({
    order: z.literal('converge'),
    newest: z.array(z.tuple([z.string(), z.int()])),
    withinMs: z.number(),
  }),
])
export type CrowdOrder = z.infer<typeof orderSchema>

/** A crowd as a process, to be stopped as a laptop that is shut. It answers each line with a line. */
if (import.meta.main) {
  const next = createOrders()
  const { tokens, roomIds, urls, rate, seed } = await next(startSchema)
  const crowd = await openCrowd({
    tokens,
    roomIds,
    placeOf: (at) => ({ url: urls[at % urls.length] ?? '', node: at % urls.length }),
    rate,
    random: seeded(seed),
  })
  console.log('talking')
  for (;;) {
    const order = await next(orderSchema)
    if (order.order === 'hush') {
      console.log(JSON.stringify(await crowd.hush(order.withinMs)))
      continue
    }
    const witnesses = await crowd.converge(new Map(order.newest), order.withinMs)
    const told = witnesses.map(({ log, ...rest }) => ({
      ...rest,
      log: { ...log, views: [...log.views] },
    }))
    console.log(JSON.stringify(told))
    process.exit(0)
  }
}
