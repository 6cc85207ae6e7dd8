import type { Bench } from './bench.ts'
import { connects } from './connects.ts'
import { depth } from './depth.ts'
import { durable } from './durable.ts'
import { oneRoom, rooms } from './fan-out.ts'
import { history } from './history.ts'
import { latency } from './latency.ts'
import { members } from './members.ts'
import { memory } from './memory.ts'
import { search } from './search.ts'
import { signIns } from './sign-ins.ts'
import { typing } from './typing.ts'

/** All of them, in the order in which they run. */
export const benches: readonly Bench[] = [
  rooms,
  oneRoom,
  latency,
  typing,
  durable,
  history,
  connects,
  memory,
  members,
  depth,
  search,
  signIns,
]
