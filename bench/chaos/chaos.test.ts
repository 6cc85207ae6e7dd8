import { expect, test } from 'bun:test'
import postgres from 'postgres'
import { until } from './crowd.ts'
import type { Fault } from './fault.ts'
import { killWorkerd, restObject } from './faults/edge.ts'
import { fuzzBodies } from './faults/fuzz-bodies.ts'
import { fuzzFrames } from './faults/fuzz-frames.ts'
import { killPostgres, killServer } from './faults/kill.ts'
import { resets } from './faults/network.ts'
import { oversize } from './faults/oversize.ts'
import { rawFrames } from './faults/raw-frames.ts'
import { killRedis } from './faults/redis.ts'
import { removal } from './faults/removal.ts'
import { rollingRestart } from './faults/rolling-restart.ts'
import { sameCid } from './faults/same-cid.ts'
import { missingFor } from './needs.ts'
import { hasHeld, runFault } from './run-fault.ts'
import { scales } from './scale.ts'
import { checksOf } from './table.ts'

const seed = Date.now() % 1_000_000

/** Some faults in small; all of them, and more of each, are `bun run chaos`. */
const inSmall: readonly Fault[] = [
  killServer,
  killPostgres,
  killRedis,
  resets,
  rollingRestart,
  sameCid,
  removal,
  rawFrames,
  oversize,
  fuzzFrames,
  fuzzBodies,
  killWorkerd,
  restObject,
]

for (const fault of inSmall) {
  // What can't be done here is skipped, and not passed.
  test.skipIf(missingFor(fault) !== null)(
    `${fault.name}: ${fault.about}`,
    async () => {
      console.log(`seed ${seed}`)
      const result = await runFault(fault, scales.tiny, seed)
      if (hasHeld(result)) return
      const findings = JSON.stringify(result.outcome?.findings)
      throw new Error(`${findings}\n${checksOf(result)}`)
    },
    90_000,
  )
}

test('a chat that vanishes from the database after its ack is found', async () => {
  const vanish: Fault = {
    name: 'vanish',
    about: 'a chat is deleted behind the server’s back',
    nodes: 1,
    async run(stage) {
      const crowd = await stage.openCrowd()
      await until(10_000, () => crowd.talkers.every(({ log }) => log.acks.length > 1))
      await crowd.hush(10_000)
      const [ack] = crowd.talkers[0]?.log.acks ?? []
      const sql = postgres(stage.postgres.urlAt(stage.postgres.port), { max: 1 })
      await sql`delete from chats where id = ${ack?.id ?? null}`
      await sql.end()
      await stage.judge(crowd)
    },
  }
  const result = await runFault(vanish, scales.tiny, seed)
  expect(result.error).toBeUndefined()
  // Its ack is of nothing, each member was shown it, and the room has a hole.
  expect(result.outcome?.findings).toMatchObject({ lost: 1, doubled: 0, reordered: 0 })
  expect(result.outcome?.findings.phantoms).toBeGreaterThan(1)
  expect(result.outcome?.findings.holes).toBeGreaterThan(0)
  expect(hasHeld(result)).toBe(false)
}, 60_000)
