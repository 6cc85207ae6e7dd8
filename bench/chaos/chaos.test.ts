import { test } from 'bun:test'
import type { Fault } from './fault.ts'
import { killPostgres, killServer } from './faults/kill.ts'
import { hasHeld, runFault } from './run-fault.ts'
import { scales } from './scale.ts'
import { checksOf } from './table.ts'

const seed = Date.now() % 1_000_000

/** A few faults in small; all of them, and more of each, are `bun run chaos`. */
const inSmall = (fault: Fault): void =>
  test(`${fault.name}: ${fault.about}`, async () => {
    const result = await runFault(fault, scales.tiny, seed)
    if (hasHeld(result)) return
    throw new Error(
      `seed ${seed}, ${JSON.stringify(result.outcome?.findings)}\n${checksOf(result)}`,
    )
  }, 90_000)

inSmall(killServer)
inSmall(killPostgres)
