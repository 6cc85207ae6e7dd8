import { createBalancer } from '../balancer.ts'
import type { Fault } from '../fault.ts'
import { now } from '../now.ts'
import { longestWaitMs, servedAgainMs, wasLostBetween } from '../recovery.ts'

const backWithinMs = 30_000
const calmMs = 1_500

export const rollingRestart: Fault = {
  name: 'rolling-restart',
  about:
    'one node after the other is restarted by SIGTERM, 20 times, behind a balancer; A–G, a client’s gap p99 ≤ 6 s',
  nodes: 2,
  async run(stage) {
    const { nodes, times, expect, random } = stage
    const balancer = await createBalancer(nodes, random)
    try {
      const url = `http://127.0.0.1:${balancer.port}`
      const crowd = await stage.openCrowd({ placeOf: () => ({ url, node: 0 }) })
      await Bun.sleep(calmMs)
      const restartsMs: number[] = []
      for (let count = 0; count < times(20, 6, 2); count += 1) {
        restartsMs.push(now())
        const node = nodes[count % nodes.length]
        await node?.terminate()
        await node?.start()
        stage.recovered(await servedAgainMs(crowd.talkers, now(), backWithinMs))
        await Bun.sleep(calmMs)
        stage.trial()
      }
      restartsMs.push(now())
      await stage.judge(crowd)
      const gapsMs = crowd.talkers.flatMap((talker) =>
        restartsMs.slice(1).flatMap((untilMs, at) => {
          const fromMs = restartsMs[at] ?? untilMs
          return wasLostBetween(talker, fromMs, untilMs)
            ? [longestWaitMs(talker, fromMs, untilMs)]
            : []
        }),
      )
      expect.p99AtMost('the longest wait for an ack of who was cut off', gapsMs, 6_000)
    } finally {
      await balancer.close()
    }
  },
}
