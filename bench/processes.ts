import { readFileSync, readdirSync } from 'node:fs'

/** What `/proc` says of processes; where there is none, nothing is measured and nothing is claimed. */
const canWatch = process.platform === 'linux'

/** Of one kernel tick; Linux has shown 100 a second to programs for ever. */
const tickSeconds = 0.01

interface Stat {
  pid: number
  parent: number
  cpuSeconds: number
  /** Of children that ended. */
  childrenSeconds: number
}

/** Seconds of CPU that a process and its children used so far; null when it can't be known. */
export function cpuSecondsOf(pid: number): number | null {
  const own = statOf(pid)
  if (!own) return null
  let seconds = own.cpuSeconds + own.childrenSeconds
  for (const stat of allStats()) if (stat.parent === pid) seconds += stat.cpuSeconds
  return seconds
}

/** Bytes of memory that a process holds now; null when it can't be known. */
export function rssBytesOf(pid: number): number | null {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(readProc(`${pid}/status`) ?? '')?.[1]
  return found === undefined ? null : Number(found) * 1024
}

const allStats = (): Stat[] => {
  if (!canWatch) return []
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.flatMap((pid) => statOf(Number(pid)) ?? [])
}

const statOf = (pid: number): Stat | null => {
  const text = readProc(`${pid}/stat`)
  if (text === null) return null
  // The name in brackets may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = (...at: number[]): number =>
    at.reduce((sum, field) => sum + Number(fields[field] ?? 0), 0) * tickSeconds
  return {
    pid,
    parent: Number(fields[1]),
    cpuSeconds: ticks(11, 12),
    childrenSeconds: ticks(13, 14),
  }
}

const readProc = (path: string): string | null => {
  if (!canWatch) return null
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    // It has ended meanwhile.
    return null
  }
}
