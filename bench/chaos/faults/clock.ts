import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServerProcess } from '../../server-process.ts'
import type { Crowd } from '../crowd.ts'
import type { Fault } from '../fault.ts'
import { now } from '../now.ts'
import { acksBetween, servedAgainMs } from '../recovery.ts'
import type { Stage } from '../stage.ts'

const hourMs = 3_600_000
const backWithinMs = 30_000
const settleMs = 2_000

/** As if somebody set the clock of its machine. */
const setClock = (node: ServerProcess, shiftMs: number): void => {
  writeFileSync(join(node.dataDir, 'clock-shift'), `${shiftMs}`)
  node.signal('SIGUSR2')
}

export const shiftedClock: Fault = {
  name: 'clock',
  about:
    'the clock of a node is set an hour forward, then one back, and it is restarted with it; order unchanged, the node works on',
  nodes: 2,
  preload: fileURLToPath(new URL('../shift-clock.ts', import.meta.url)),
  async run(stage) {
    const { nodes, expect, times, scale } = stage
    const [wrong] = nodes
    if (!wrong) return
    const crowd = await stage.openCrowd()
    await Bun.sleep(settleMs)
    for (const shiftMs of [hourMs, -hourMs, 0]) {
      setClock(wrong, shiftMs)
      stage.recovered(await servedAgainMs(crowd.talkers, now(), backWithinMs))
      await Bun.sleep(settleMs)
      const fromMs = now()
      await Bun.sleep(times(10_000, 4_000, 2_000))
      const perSecond = acksBetween(crowd, fromMs, now()) / ((now() - fromMs) / 1_000)
      expect.atLeast(`acks a second at ${hoursOf(shiftMs)}`, perSecond, scale.rate * 0.8)
      const far = crowd.waysMs('far', fromMs)
      expect.p99AtMost(`from send to the other node at ${hoursOf(shiftMs)}`, far, 1_500)
      stage.trial()
    }
    setClock(wrong, -hourMs)
    await tryWatch(stage, wrong)
    await tryWithoutRedis(stage, crowd)
    // Started with a wrong clock, not only set wrong.
    for (const shiftMs of [hourMs, -hourMs]) {
      writeFileSync(join(wrong.dataDir, 'clock-shift'), `${shiftMs}`)
      await wrong.kill()
      await wrong.start()
      stage.recovered(await servedAgainMs(crowd.talkers, now(), backWithinMs))
      await Bun.sleep(settleMs)
      stage.trial()
    }
    await stage.judge(crowd)
    expect.p99AtMost('every client served from each setting', stage.outcome().recoveriesMs, 5_000)
  },
}

const hoursOf = (shiftMs: number): string =>
  shiftMs === 0 ? 'the right time' : `${shiftMs > 0 ? '+' : ''}${shiftMs / hourMs} h`

/** A clock that was set back must not put off what is due: here, the end of a socket that says nothing. */
async function tryWatch({ expect }: Stage, { url }: ServerProcess): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`)
  const code = await Promise.race([
    new Promise<number>((resolve) =>
      socket.addEventListener('close', (event) => resolve(event.code)),
    ),
    Bun.sleep(15_000).then(() => 0),
  ])
  socket.close()
  expect.holds('a socket without auth is closed after 10 s at -1 h', code === 4003, `${code}`)
}

/** Nor the look at the database that stands in for Redis. */
async function tryWithoutRedis({ redis, expect, times }: Stage, crowd: Crowd): Promise<void> {
  if (!redis) return
  await redis.kill()
  const fromMs = now()
  await Bun.sleep(times(10_000, 6_000, 4_000))
  const untilMs = now()
  await redis.start()
  await Bun.sleep(settleMs)
  const far = crowd.waysMs('far', fromMs, untilMs)
  expect.p99AtMost('from send to the other node at -1 h without Redis', far, 1_500)
}
