import { cpuSecondsOf, rssBytesOf } from '../processes.ts'

export interface Metered {
  seconds: number
  /** Cores that each process kept busy. */
  cores: Record<string, number>
  ownCores: number
}

/** Starts measuring what processes use; the answer ends it. */
export function startMeter(watch: Record<string, number>): () => Metered {
  const startMs = performance.now()
  const before = eachOf(watch, cpuSecondsOf)
  const own = process.cpuUsage()
  return () => {
    const seconds = (performance.now() - startMs) / 1_000
    const { user, system } = process.cpuUsage(own)
    const after = eachOf(watch, cpuSecondsOf)
    const cores = Object.entries(after).map(([name, used]) => [
      name,
      (used - (before[name] ?? 0)) / seconds,
    ])
    return {
      seconds,
      cores: Object.fromEntries(cores),
      ownCores: (user + system) / 1_000_000 / seconds,
    }
  }
}

/** Resident memory now, in bytes. */
export const rssOf = (watch: Record<string, number>): Record<string, number> =>
  eachOf(watch, rssBytesOf)

/** Those that can't be known are left out. */
const eachOf = (
  watch: Record<string, number>,
  read: (pid: number) => number | null,
): Record<string, number> => {
  const known: Record<string, number> = {}
  for (const [name, pid] of Object.entries(watch)) {
    const value = read(pid)
    if (value !== null) known[name] = value
  }
  return known
}
