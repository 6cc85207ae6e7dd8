import { readFileSync, readdirSync } from 'node:fs'

/** What `/proc` says of processes; where there is none, nothing is measured and nothing is claimed. */
const canWatch = process.platform === 'linux'

/** Of one kernel tick; Linux has shown 100 a second to programs for ever. */
const tickSeconds = 0.01

/** Seconds of CPU that a process and its children used so far; null when it can't be known. */
export function cpuSecondsOf(pid: number): number | null {
  const own = secondsOf(pid)
  if (own === null) return null
  const children = list('').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
  return children.reduce((sum, child) => sum + (secondsOf(child) ?? 0), own)
}

/** Bytes of memory that a process holds now; null when it can't be known. */
export function rssBytesOf(pid: number): number | null {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(read(`${pid}/status`) ?? '')?.[1]
  return found === undefined ? null : Number(found) * 1024
}

/** By nanoseconds of each thread where the kernel counts them, else by its ticks. */
const secondsOf = (pid: number | string): number | null => {
  const threads = list(`${pid}/task`).map((thread) => read(`${pid}/task/${thread}/schedstat`))
  const nanoseconds = threads.reduce((sum, text) => sum + Number(text?.split(' ')[0] ?? 0), 0)
  if (nanoseconds > 0) return nanoseconds / 1e9
  const fields = fieldsOf(pid)
  return fields && (Number(fields[11]) + Number(fields[12])) * tickSeconds
}

const parentOf = (pid: number | string): number => Number(fieldsOf(pid)?.[1])

/** Of its `stat`, those after the name, which stands in brackets and may hold anything. */
const fieldsOf = (pid: number | string): string[] | null => {
  const text = read(`${pid}/stat`)
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ')
}

const list = (path: string): string[] => {
  try {
    return canWatch ? readdirSync(`/proc/${path}`) : []
  } catch {
    // It has ended meanwhile.
    return []
  }
}

const read = (path: string): string | null => {
  try {
    return canWatch ? readFileSync(`/proc/${path}`, 'utf8') : null
  } catch {
    return null
  }
}
