import type { Findings } from '../checker.ts'
import type { World } from '../server-process.ts'
import type { Stage } from './stage.ts'

/** What must be there for a fault to be possible. */
export type Need = 'redis-server' | 'tmpfs' | 'proc' | 'workerd'

/** Links of the stage that a proxy can stand in. */
export type LinkName = 'clients' | 'postgres' | 'redis'

/** One way of hurting Parley, and what must hold while it is hurt. */
export interface Fault {
  /** As on the command line. */
  name: string
  /** What it does, and what must hold. */
  about: string
  nodes: 1 | 2
  /** What the nodes run on; Bun unless said. */
  runtime?: 'workerd'
  links?: readonly LinkName[]
  /** Two nodes that share the database alone. */
  withoutRedis?: true
  needs?: readonly Need[]
  /** Who is there, where it is not a matter of the scale alone. */
  world?: (stage: Pick<Stage, 'scale' | 'times'>) => Omit<World, 'chats'>
  /** Megabytes of a small disk to put Postgres on. */
  diskMb?: number
  /** Settings of node number `at`. */
  env?: (at: number) => Record<string, string>
  /** A file that runs in each server before everything else. */
  preload?: string
  run: (stage: Stage) => Promise<void>
}

/** One thing that had to hold, with the figure that was found. */
export interface Check {
  what: string
  figure: string
  ok: boolean
}

export interface Outcome {
  /** How often it was done. */
  trials: number
  sends: number
  acks: number
  findings: Findings
  /** From the end of the fault until each client was served again. */
  recoveriesMs: number[]
  /** The most that one server process held. */
  peakBytes: number
  checks: Check[]
}

/** What became of a fault: `outcome`, or why there is none. */
export interface Result {
  fault: Pick<Fault, 'name' | 'about'>
  seconds: number
  outcome?: Outcome
  notRun?: string
  error?: string
}
