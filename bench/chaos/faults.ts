import type { Fault } from './fault.ts'
import { killPostgres, killServer } from './faults/kill.ts'

/** Every fault, in the order of the contract's table. */
export const faults: readonly Fault[] = [killServer, killPostgres]
