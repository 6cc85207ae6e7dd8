import type { Fault } from './fault.ts'
import { shiftedClock } from './faults/clock.ts'
import { diskFull } from './faults/disk-full.ts'
import { killWorkerd, redeploy, restObject } from './faults/edge.ts'
import { fuzzBodies } from './faults/fuzz-bodies.ts'
import { fuzzFrames } from './faults/fuzz-frames.ts'
import { killPostgres, killServer } from './faults/kill.ts'
import { massCut } from './faults/mass-cut.ts'
import { badNetwork, halfOpen, halfOpenInside, resets, slowPostgres } from './faults/network.ts'
import { oversize } from './faults/oversize.ts'
import { rawFrames } from './faults/raw-frames.ts'
import { killRedis, noRedis, stopRedis } from './faults/redis.ts'
import { removal } from './faults/removal.ts'
import { rollingRestart } from './faults/rolling-restart.ts'
import { sameCid } from './faults/same-cid.ts'
import { slowReaders } from './faults/slow-readers.ts'
import { stallClient, stallPostgres, stallRedis, stallServer } from './faults/stall.ts'

/** Every fault, in the order of the contract's table; then those of the Durable Object. */
export const faults: readonly Fault[] = [
  killServer,
  killPostgres,
  killRedis,
  stopRedis,
  noRedis,
  stallServer,
  stallPostgres,
  stallRedis,
  stallClient,
  resets,
  halfOpen,
  halfOpenInside,
  badNetwork,
  slowPostgres,
  slowReaders,
  massCut,
  shiftedClock,
  diskFull,
  rawFrames,
  oversize,
  fuzzFrames,
  fuzzBodies,
  rollingRestart,
  sameCid,
  removal,
  killWorkerd,
  redeploy,
  restObject,
]
