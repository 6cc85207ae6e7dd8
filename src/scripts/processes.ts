import { readFileSync, readdirSync } from 'node:fs'

const isLinux = process.platform === 'linux'

/** The resident memory of a process, in bytes; 0 when it is gone. */
export function residentBytes(pid: number): number {
  if (!isLinux) return Number(ps('-o', 'rss=', '-p', `${pid}`).trim()) * 1024
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(procFile(pid, 'status'))?.[1]
  return Number(kilobytes ?? 0) * 1024
}

/** The processes that `pid` started and that live. */
export function childrenOf(pid: number): number[] {
  return isLinux ? childrenByProc(pid) : childrenByPs(pid)
}

const childrenByProc = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => {
      // `pid (name) state parent …`; the name may hold blanks and brackets.
      const stat = procFile(child, 'stat')
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid
    })

const childrenByPs = (pid: number): number[] =>
  ps('-A', '-o', 'pid=,ppid=')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []))

/** Of the ports given, those from which a connection to `port` on this machine is established. Linux alone tells. */
export function establishedFrom(port: number, fromPorts: readonly number[]): number[] {
  const wanted = new Set(fromPorts)
  const portOf = (address = ''): number =>
    Number.parseInt(address.slice(address.indexOf(':') + 1), 16)
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === '01' && portOf(local) === port)
    .map(([, , remote]) => portOf(remote))
    .filter((from) => wanted.has(from))
}

/** Empty when the process ended meanwhile. */
const procFile = (pid: number, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}

const ps = (...args: string[]): string => Bun.spawnSync(['ps', ...args]).stdout.toString()

/** Sends a signal to each that still lives. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // It ended by itself.
    }
  }
}
