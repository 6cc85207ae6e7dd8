import { now } from '../now.ts'
import type { ServerProcess } from '../../server-process.ts'
import { quantile } from '../../report.ts'
import type { Crowd } from '../crowd.ts'
import type { Fault } from '../fault.ts'
import { signalAll } from '../../../src/scripts/processes.ts'
import { acksBetween, servedAgainMs } from '../recovery.ts'
import type { Stage } from '../stage.ts'

const settleMs = 5_000
const calmMs = 4_000
/** The nodes have found each other by then. */
const warmMs = 1_500
const backWithinMs = 30_000

export const killRedis: Fault = {
  name: 'kill-redis',
  about:
    'kill -9 of Redis, restarted empty; A–G, chats reach the other node with p99 ≤ 1.5 s while it is down, as before ≤ 5 s after',
  nodes: 2,
  needs: ['redis-server'],
  run: (stage) =>
    hurtRedis(stage, {
      times: stage.times(5, 2, 1),
      downMs: stage.times(10_000, 6_000, 4_000),
      end: async () => stage.redis?.kill(),
      begin: async () => stage.redis?.start(),
    }),
}

export const stopRedis: Fault = {
  name: 'stop-redis',
  about: 'Redis stopped for 60 s and started empty; the same must hold',
  nodes: 2,
  needs: ['redis-server'],
  run: (stage) =>
    hurtRedis(stage, {
      times: 1,
      downMs: stage.times(60_000, 10_000, 4_000),
      end: async () => {
        const pid = stage.redis?.pid() ?? 0
        signalAll([pid], 'SIGTERM')
      },
      begin: async () => stage.redis?.start(),
    }),
}

export const noRedis: Fault = {
  name: 'no-redis',
  about:
    'two nodes that share the database alone, one of them killed now and then; A–G, chats reach the other node with p99 ≤ 1.5 s',
  nodes: 2,
  withoutRedis: true,
  async run(stage) {
    const { nodes, random, expect, times } = stage
    const crowd = await stage.openCrowd()
    const farMs: number[] = []
    for (let count = times(10, 4, 1); count > 0; count -= 1) {
      // They look for each other every two seconds.
      await Bun.sleep(warmMs)
      const fromMs = now()
      await Bun.sleep(calmMs)
      // What was sent just before the kill is late for another reason.
      farMs.push(...crowd.waysMs('far', fromMs, now() - settleMs / 2))
      const node = nodes[Math.floor(random() * nodes.length)]
      await node?.kill()
      await node?.start()
      stage.recovered(await servedAgainMs(crowd.talkers, now(), backWithinMs))
      stage.trial()
    }
    await stage.judge(crowd)
    expect.p99AtMost('from send to the other node', farMs, 1_500)
  },
}

interface Hurt {
  times: number
  downMs: number
  end: () => Promise<void>
  begin: () => Promise<void>
}

/** Between nodes nothing is told for a while: everybody goes on, and hears the others a little later. */
async function hurtRedis(stage: Stage, { times, downMs, end, begin }: Hurt): Promise<void> {
  const { nodes, expect, scale } = stage
  const crowd = await stage.openCrowd()
  await Bun.sleep(warmMs)
  const startMs = now()
  await Bun.sleep(calmMs)
  const beforeMs = quantile(crowd.waysMs('far', startMs, now()), 0.99)
  const whileDown: number[] = []
  const after: number[] = []
  let fewestAcks = Infinity
  let degraded = true
  for (let count = times; count > 0; count -= 1) {
    const downFromMs = now()
    await end()
    degraded &&= await allSay(nodes, 'degraded', downMs)
    await Bun.sleep(Math.max(0, downFromMs + downMs - now()))
    const downUntilMs = now()
    fewestAcks = Math.min(fewestAcks, perSecond(crowd, downFromMs, downUntilMs))
    await begin()
    stage.recovered(await Promise.all(nodes.map((node) => untilReadyMs(node))))
    await Bun.sleep(settleMs)
    const settledMs = now()
    await Bun.sleep(calmMs)
    whileDown.push(...crowd.waysMs('far', downFromMs, downUntilMs))
    after.push(...crowd.waysMs('far', settledMs))
    stage.trial()
  }
  await stage.judge(crowd)
  expect.atLeast('acks a second while it was down', fewestAcks, scale.rate * 0.8)
  expect.holds('each node says that it is degraded', degraded)
  expect.p99AtMost('from send to the other node while it was down', whileDown, 1_500)
  // The poll that stands in for Redis takes 250 ms on average: below that it is Redis again.
  expect.p99AtMost('the same 5 s after', after, Math.max(250, 2 * beforeMs))
}

const perSecond = (crowd: Crowd, fromMs: number, untilMs: number): number =>
  acksBetween(crowd, fromMs, untilMs) / ((untilMs - fromMs) / 1_000)

const statusOf = async ({ url }: ServerProcess): Promise<unknown> => {
  try {
    // `/readyz` answers an object of one text.
    const body = (await (await fetch(`${url}/readyz`)).json()) as { status: unknown }
    return body.status
  } catch {
    return null
  }
}

const allSay = async (
  nodes: readonly ServerProcess[],
  status: string,
  withinMs: number,
): Promise<boolean> => {
  for (const endMs = now() + withinMs; now() < endMs;) {
    const said = await Promise.all(nodes.map(statusOf))
    if (said.every((each) => each === status)) return true
    await Bun.sleep(50)
  }
  return false
}

const untilReadyMs = async (node: ServerProcess): Promise<number> => {
  const startMs = now()
  const isReady = await allSay([node], 'ready', 30_000)
  return isReady ? now() - startMs : Infinity
}
