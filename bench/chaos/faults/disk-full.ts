import { until } from '../crowd.ts'
import type { Fault } from '../fault.ts'
import { openFlood } from '../flood.ts'
import { now } from '../now.ts'
import { acksBetween, servedAgainMs } from '../recovery.ts'

const calmMs = 2_000
/** A table grows by pages: what fits into the last one is still stored. */
const stuckWithinMs = 30_000
/** Longer than the queue keeps what it takes. */
const fullMs = 13_000
const backWithinMs = 60_000

export const diskFull: Fault = {
  name: 'disk-full',
  about:
    'the disk under Postgres is full for a while; no ack, a typed error, heals when freed; A–G',
  nodes: 2,
  needs: ['tmpfs'],
  diskMb: 192,
  async run(stage) {
    const { disk, postgres, expect, tokens } = stage
    if (!disk) throw new Error('This fault runs on a disk of its own')
    const flood = await openFlood(stage.urlOf(0), tokens[0] ?? '')
    const crowd = await stage.openCrowd()
    await Bun.sleep(calmMs)
    disk.fill()
    const isStuck = await until(stuckWithinMs, () => acksBetween(crowd, now() - 1_000, now()) === 0)
    const stuckMs = now()
    await Bun.sleep(fullMs)
    flood.send(1, 'Is there room?')
    const isAnswered = await flood.answered(5_000)
    const acks = acksBetween(crowd, stuckMs, now())
    disk.free()
    // Where even its log had no room, Postgres went down: then somebody starts it again.
    await postgres.start()
    stage.recovered(await servedAgainMs(crowd.talkers, now(), backWithinMs))
    stage.trial()
    await stage.judge(crowd)
    expect.holds('the disk was full', isStuck)
    expect.atMost('acks while it was full', acks, 0)
    const codes = [...flood.refusals().keys()].join(' ')
    expect.holds('a send is told why not', isAnswered && codes === 'overloaded', codes)
    expect.p99AtMost(
      'every client served from when it is free',
      stage.outcome().recoveriesMs,
      5_000,
    )
    flood.close()
  },
}
