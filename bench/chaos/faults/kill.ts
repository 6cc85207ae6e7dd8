import { now } from '../now.ts'
import type { Fault } from '../fault.ts'
import { acksWhileAway, onlineAgainMs, servedAgainMs } from '../recovery.ts'

const backWithinMs = 30_000

export const killServer: Fault = {
  name: 'kill-server',
  about: 'kill -9 of a server at random moments; A–G, all clients back with p99 ≤ 3 s',
  nodes: 2,
  async run(stage) {
    const { nodes, random, expect, times } = stage
    const crowd = await stage.openCrowd({ window: 3 })
    for (let count = times(100, 8, 2); count > 0; count -= 1) {
      await Bun.sleep(300 + random() * 1_700)
      const at = Math.floor(random() * nodes.length)
      const killedMs = now()
      await nodes[at]?.kill()
      await nodes[at]?.start()
      const upMs = now()
      const theirs = crowd.talkers.filter(({ node }) => node === at)
      stage.recovered(await onlineAgainMs(theirs, killedMs, upMs, backWithinMs))
      stage.trial()
    }
    await stage.judge(crowd)
    expect.p99AtMost('clients back from when the server is up', stage.outcome().recoveriesMs, 3_000)
  },
}

export const killPostgres: Fault = {
  name: 'kill-postgres',
  about: 'kill -9 of Postgres; A–G, no ack while it is down, service ≤ 2 s after it is up',
  nodes: 2,
  async run(stage) {
    const { postgres, random, expect, times } = stage
    const crowd = await stage.openCrowd()
    let acksWhileDown = 0
    for (let count = times(20, 3, 1); count > 0; count -= 1) {
      await Bun.sleep(500 + random() * 1_500)
      postgres.kill()
      const downMs = now()
      await Bun.sleep(1_000 + random() * 3_000)
      const startMs = now()
      await postgres.start()
      const upMs = now()
      stage.recovered(await servedAgainMs(crowd.talkers, upMs, backWithinMs))
      acksWhileDown += acksWhileAway(crowd, downMs, startMs)
      stage.trial()
    }
    await stage.judge(crowd)
    expect.atMost('acks while it was down', acksWhileDown, 0)
    expect.p99AtMost(
      'first ack of each client from when it is up',
      stage.outcome().recoveriesMs,
      2_000,
    )
  },
}
