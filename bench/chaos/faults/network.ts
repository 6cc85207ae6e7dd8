import { until } from '../crowd.ts'
import type { Fault } from '../fault.ts'
import { now } from '../now.ts'
import { onlineAgainMs, servedAgainMs, wasLostBetween } from '../recovery.ts'
import { quantile } from '../../report.ts'

const backWithinMs = 60_000
const calmMs = 2_000
/** What was on the way has arrived by then. */
const arrivedMs = 500

export const resets: Fault = {
  name: 'resets',
  about: 'TCP resets of a third of the connections, on each link at random; A–G',
  nodes: 2,
  links: ['clients', 'postgres', 'redis'],
  async run(stage) {
    const { links, random, times, expect } = stage
    const crowd = await stage.openCrowd()
    const all = Object.values(links).flat()
    for (let count = times(60, 15, 6); count > 0; count -= 1) {
      await Bun.sleep(100 + random() * 900)
      all[Math.floor(random() * all.length)]?.reset(0.3)
      stage.trial()
    }
    const endMs = now()
    stage.recovered(await servedAgainMs(crowd.talkers, endMs, backWithinMs))
    await stage.judge(crowd)
    expect.p99AtMost('every client served from the last reset', stage.outcome().recoveriesMs, 5_000)
  },
}

export const halfOpen: Fault = {
  name: 'half-open',
  about:
    'clients’ connections carry nothing any more and tell nobody; A–G, the server closes ≤ 45 s, the client notices ≤ 35 s',
  nodes: 2,
  links: ['clients'],
  async run(stage) {
    const { links, expect } = stage
    const crowd = await stage.openCrowd()
    await Bun.sleep(calmMs)
    const frozenMs = now()
    const closedMs: number[] = []
    const frozen = links.clients.flatMap((proxy) => proxy.freeze())
    for (const { farGoneMs } of frozen) void farGoneMs.then((ms) => closedMs.push(ms - frozenMs))
    stage.recovered(await onlineAgainMs(crowd.talkers, frozenMs, frozenMs, backWithinMs))
    // Not when its socket is gone: a WebSocket that is closed waits for the answer of its peer.
    const noticedMs = crowd.talkers.map(({ lossesMs }) => (lossesMs[0] ?? Infinity) - frozenMs)
    const areClosed = await until(backWithinMs, () => closedMs.length === frozen.length)
    stage.trial()
    await stage.judge(crowd)
    expect.atMost('the last client noticed', Math.max(...noticedMs), 35_000, ' ms')
    const lastMs = areClosed ? Math.max(...closedMs) : Infinity
    expect.atMost(`the server closed the last of ${frozen.length}`, lastMs, 45_000, ' ms')
  },
}

export const halfOpenInside: Fault = {
  name: 'half-open-inside',
  about:
    'one node’s connections to Postgres and Redis carry nothing any more and tell nobody; A–G, its clients are served again ≤ 45 s',
  nodes: 2,
  links: ['postgres', 'redis'],
  async run(stage) {
    const { links, expect } = stage
    const crowd = await stage.openCrowd()
    await Bun.sleep(calmMs)
    const frozenMs = now()
    for (const proxy of [links.postgres[0], links.redis[0]]) proxy?.freeze()
    const theirs = crowd.talkers.filter(({ node }) => node === 0)
    await Bun.sleep(arrivedMs)
    stage.recovered(await servedAgainMs(theirs, frozenMs + arrivedMs, backWithinMs))
    stage.trial()
    // Whoever is still stuck is let go, so that the rest can be held to the rules.
    for (const proxy of [links.postgres[0], links.redis[0]]) proxy?.reset()
    await stage.judge(crowd)
    expect.p99AtMost('its clients served again', stage.outcome().recoveriesMs, 45_000)
  },
}

export const badNetwork: Fault = {
  name: 'bad-network',
  about: 'clients 200 ms ± 100 away with 5 % of packets lost; A–G, everyone is served',
  nodes: 2,
  links: ['clients'],
  async run(stage) {
    const { links, times, expect } = stage
    const crowd = await stage.openCrowd()
    for (const proxy of links.clients) {
      proxy.setWeather({ delayMs: 200, jitterMs: 100, lossShare: 0.05 })
    }
    const startMs = now()
    await Bun.sleep(times(60_000, 20_000, 5_000))
    const ways = crowd.waysMs('near', startMs)
    const dropped = crowd.talkers.filter((talker) => wasLostBetween(talker, startMs, now())).length
    for (const proxy of links.clients) proxy.setWeather({ delayMs: 0, jitterMs: 0, lossShare: 0 })
    stage.recovered(await servedAgainMs(crowd.talkers, now(), backWithinMs))
    stage.trial()
    await stage.judge(crowd)
    // There, stored, and back, each with a stall or two.
    expect.atMost('from send to reader, p50', quantile(ways, 0.5), 1_000, ' ms')
    expect.atMost('clients that lost their connection', dropped, 0)
  },
}

export const slowPostgres: Fault = {
  name: 'slow-postgres',
  about: 'Postgres 300 ms ± 100 away, and cut off now and then; A–G, every preview shown ends',
  nodes: 2,
  links: ['postgres'],
  async run(stage) {
    const { links, times, expect, random } = stage
    const crowd = await stage.openCrowd()
    await Bun.sleep(calmMs)
    for (const proxy of links.postgres) proxy.setWeather({ delayMs: 150, jitterMs: 50 })
    for (let count = times(6, 2, 1); count > 0; count -= 1) {
      await Bun.sleep(3_000 + random() * 2_000)
      const proxy = links.postgres[Math.floor(random() * links.postgres.length)]
      proxy?.cut()
      await Bun.sleep(random() * 3_000)
      proxy?.mend()
      stage.trial()
    }
    for (const proxy of links.postgres) proxy.setWeather({ delayMs: 0, jitterMs: 0 })
    stage.recovered(await servedAgainMs(crowd.talkers, now(), backWithinMs))
    await stage.judge(crowd)
    const shown = crowd.talkers.reduce((sum, { previews }) => sum + previews.shown, 0)
    expect.atLeast('previews shown', shown, 1)
  },
}
