import { type Arena, openArena } from '../arena.ts'
import type { Contestant, ContestantName } from '../contestants.ts'
import type { Figure } from '../figures.ts'
import type { World } from '../server-process.ts'

/** How a run is asked for. */
export interface BenchOptions {
  rounds: number
  /** Of each stretch that is measured. */
  seconds: number
  /** Sizes at which everything runs and no figure means anything. */
  isShort: boolean
  /** Who takes part, of those that a bench measures. */
  among: readonly ContestantName[]
  say: (line: string) => void
}

/** One idea to measure, by name. */
export interface Bench {
  name: string
  about: string
  /** Whom it measures. */
  entered: readonly ContestantName[]
  run: (options: BenchOptions) => Promise<Figure[]>
}

export const everyone = ['parley', 'bare', 'express', 'socketIo'] as const

/** The news of a thousand people coming online go out once a second. */
export const quietSeconds = ({ isShort }: BenchOptions): number => (isShort ? 0.1 : 1.5)

/** An arena for as long as `work` takes. */
export async function inArena<T>(
  { among }: BenchOptions,
  worlds: World[],
  names: readonly ContestantName[],
  work: (arena: Arena) => Promise<T>,
  prepare?: (dataDir: string) => Promise<void>,
): Promise<T> {
  const arena = await openArena(
    worlds,
    names.filter((name) => among.includes(name)),
    prepare,
  )
  try {
    return await work(arena)
  } finally {
    await arena.stop()
  }
}

export type Rounds<T> = Partial<Record<ContestantName, T[]>>

/** Each contestant once a round, every other round in the opposite order: what drifts falls on all. */
export async function inTurns<T>(
  { rounds, say }: BenchOptions,
  contestants: Contestant[],
  measure: (contestant: Contestant) => Promise<T>,
): Promise<Rounds<T>> {
  const results: Rounds<T> = {}
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of round % 2 === 0 ? contestants : contestants.toReversed()) {
      const result = await measure(contestant)
      say(`  ${round + 1} ${contestant.name} ${JSON.stringify(result, fourDigits)}`)
      const own = (results[contestant.name] ??= [])
      own.push(result)
    }
  }
  return results
}

const fourDigits = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value

/** One number of each result. What a system does not tell is left out with its contestant. */
export function pick<T>(
  results: Rounds<T>,
  read: (result: T) => number | null | undefined,
): Figure['rounds'] {
  const picked: Figure['rounds'] = {}
  for (const name of everyone) {
    const values = (results[name] ?? []).map(read)
    const known = values.filter((value): value is number => Number.isFinite(value))
    if (known.length > 0 && known.length === values.length) picked[name] = known
  }
  return picked
}

/** Past this a generator that shares its core with nobody could send no more. */
const saturatedCores = 0.9

/** Whose measurement the generator limited, in most of the rounds. */
export function saturatedIn(results: Rounds<{ ownCores: number }>): ContestantName[] {
  return everyone.filter((name) => {
    const own = results[name] ?? []
    const full = own.filter(({ ownCores }) => ownCores >= saturatedCores)
    return full.length > own.length / 2
  })
}
