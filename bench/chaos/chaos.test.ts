import { test } from 'bun:test'
import type { Fault } from './fault.ts'
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
