import { quantile } from '../../report.ts'
import type { Fault } from '../fault.ts'
import { openFlood } from '../flood.ts'
import { now } from '../now.ts'
import { establishedFrom } from '../../../src/scripts/processes.ts'
import { createProxy } from '../proxy.ts'
import { onlineAgainMs } from '../recovery.ts'

/** One in so many reads slowly. */
const slowEach = 10
const slowBytesPerSecond = 1_024
/** What they can’t keep up with: 800 KB/s. */
const floodEachMs = 10
const message = 'x'.repeat(8_000)
const closedWithinMs = 15_000
const lookEachMs = 1_000
const backWithinMs = 60_000
/** Below so much a p99 says more of the machine than of the slow ones. */
const floorMs = 25

export const slowReaders: Fault = {
  name: 'slow-readers',
  about:
    'one of ten clients reads 1 KB/s while much is said; closed ≤ 15 s, p99 of the others ≤ 1.5 × as before, no hole after they resume',
  nodes: 2,
  needs: ['proc'],
  world: ({ times }) => ({
    users: times(1_000, 200, 60),
    rooms: times(20, 4, 2),
    members: times(50, 50, 30),
  }),
  async run(stage) {
    const { tokens, userIds, roomIds, nodes, random, expect, times, scale } = stage
    const isSlow = (_: unknown, at: number): boolean => at % slowEach === 0
    const isFast = (_: unknown, at: number): boolean => at % slowEach !== 0
    const flood = await openFlood(stage.urlOf(0), tokens[1] ?? '', userIds.filter(isSlow))
    const floodMs = now()
    let said = 0
    const flow = setInterval(() => {
      // However late this is called.
      const due = Math.floor((now() - floodMs) / floodEachMs) - said
      said += due
      flood.send(due, message)
    }, floodEachMs)
    const narrow = await Promise.all(
      tokens.filter(isSlow).map((_, at) => {
        const target = nodes[at % nodes.length]?.port ?? 0
        return createProxy({ target: () => target, random })
      }),
    )
    try {
      const fast = await stage.openCrowd({
        tokens: tokens.filter(isFast),
        roomIds: roomIds.filter(isFast),
        rate: scale.rate / 5,
      })
      /** Of each second, and of those the median: what else the machine did in one does not count. */
      const fastP99 = (fromMs: number): number => {
        const seconds = Array.from({ length: Math.floor((now() - fromMs) / 1_000) }, (_, at) => {
          const span = [fromMs + at * 1_000, fromMs + (at + 1) * 1_000] as const
          return quantile([...fast.waysMs('near', ...span), ...fast.waysMs('far', ...span)], 0.99)
        })
        return quantile(seconds, 0.5)
      }
      await Bun.sleep(1_000)
      const calmMs = now()
      await Bun.sleep(times(10_000, 5_000, 3_000))
      const before = fastP99(calmMs)

      // Narrow from the beginning: on a link that was fast the kernel's own buffers hold megabytes.
      for (const proxy of narrow) proxy.setWeather({ bytesPerSecond: slowBytesPerSecond })
      const slowMs = now()
      const slow = await stage.openCrowd({
        tokens: tokens.filter(isSlow),
        roomIds: roomIds.filter(isSlow).map((ids) => [...ids, flood.roomId]),
        placeOf: (at) => ({
          url: `http://127.0.0.1:${narrow[at]?.port}`,
          node: at % nodes.length,
        }),
        rate: 0,
        keep: 20,
        fromStart: false,
      })
      const joinedMs = now()
      // The first connection through each is its socket. That the server closed it shows at the
      // server's end: at the other, megabytes that the kernel took come before the end.
      const areOpen = (): boolean =>
        nodes.some(({ port }, node) => {
          const firsts = narrow
            .filter((_, at) => at % nodes.length === node)
            .flatMap((proxy) => proxy.farPorts().slice(0, 1))
          return establishedFrom(port, firsts).length > 0
        })
      const endMs = slowMs + 2 * closedWithinMs
      // Not often: the kernel takes long to tell of all connections, and nobody is heard meanwhile.
      while (areOpen() && now() < endMs) await Bun.sleep(lookEachMs)
      const closedMs = now() < endMs ? now() : Infinity
      const during = fastP99(joinedMs)

      for (const proxy of narrow) proxy.setWeather({ bytesPerSecond: Infinity })
      const wideMs = now()
      await Bun.sleep(times(3_000, 2_000, 1_000))
      clearInterval(flow)
      stage.recovered(await onlineAgainMs(slow.talkers, wideMs, wideMs, backWithinMs))
      stage.trial(narrow.length)
      await stage.judge(fast, slow)
      expect.atMost('the last was closed after', closedMs - slowMs, closedWithinMs, ' ms')
      const bound = Math.max(1.5 * before, floorMs)
      expect.atMost('p99 of a second from send to the fast readers', during, bound, ' ms')
    } finally {
      clearInterval(flow)
      flood.close()
      for (const proxy of narrow) await proxy.close()
    }
  },
}
