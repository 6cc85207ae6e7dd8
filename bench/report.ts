import { cpus, totalmem } from 'node:os'

/** A seeded stream of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The value below which `share` of `values` lie; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** A short table for people, then one JSON line for programs. */
export function printResult(bench: string, figures: Record<string, number>): void {
  const width = Math.max(...Object.keys(figures).map((name) => name.length))
  for (const [name, value] of Object.entries(figures)) {
    console.log(`${name.padEnd(width)}  ${Number(value.toFixed(3))}`)
  }
  printJson({ bench, ...figures })
}

/** One line for programs, with where and when it was measured. */
export function printJson(result: { bench: string } & Record<string, unknown>): void {
  const { bench, ...rest } = result
  const date = new Date().toISOString()
  console.log(JSON.stringify({ bench, date, machine: machine(), bun: Bun.version, ...rest }))
}

/** What it ran on. */
export const machine = (): string =>
  `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB`
