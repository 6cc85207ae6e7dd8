import { readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { hasCode } from './file-errors.ts'

/** What a running Postgres wrote about itself into `postmaster.pid`. */
export interface Postmaster {
  pid: number
  port: number
  /** Empty where it listens on TCP alone. */
  socketDir: string
  isReady: boolean
}

/** Null when none has run since the last orderly stop. The file may name a dead one. */
export function readPostmaster(cluster: string): Postmaster | null {
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
  return {
    pid: Number(lines[0]),
    port: Number(lines[3] ?? 0),
    socketDir: lines[4]?.trim() ?? '',
    isReady: lines[7]?.trim() === 'ready',
  }
}

export const socketPath = ({ socketDir, port }: Postmaster): string =>
  join(socketDir, `.s.PGSQL.${port}`)

/**
 * Whether this Postgres lives. A process of its number isn't enough: after a reboot, or in a new
 * container, that is somebody else. And one in another container has no number here, but answers.
 */
export async function isLive(cluster: string, postmaster: Postmaster): Promise<boolean> {
  return isItsProcess(cluster, postmaster.pid) || (await answers(postmaster))
}

export function isItsProcess(cluster: string, pid: number): boolean {
  if (!exists(pid)) return false
  if (process.platform === 'win32') return true
  if (process.platform === 'darwin') {
    return Bun.spawnSync(['ps', '-o', 'comm=', '-p', String(pid)])
      .stdout.toString()
      .includes('postgres')
  }
  try {
    // A postmaster works in its data directory; a zombie works nowhere.
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch {
    return false
  }
}

/** Whether a process of this number lives, whatever it is. */
export const exists = (pid: number): boolean => {
  // To the kernel 0 and less are groups of processes, not one.
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

const answers = (postmaster: Postmaster): Promise<boolean> => {
  if (!postmaster.socketDir) return Promise.resolve(false)
  return new Promise((resolve) => {
    const socket = connect(socketPath(postmaster))
    const settle = (isAnswered: boolean) => {
      socket.destroy()
      resolve(isAnswered)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
}

/** More than any system counts to. */
const nobodysPid = 2_147_483_647

/**
 * Makes a dead postmaster's file say so. Postgres takes any living process of that number for the
 * postmaster and would never start. The rest of the file stays: by it Postgres makes sure that no
 * process of the dead one is left.
 */
export function markDead(cluster: string, postmaster: Postmaster): void {
  const file = join(cluster, 'postmaster.pid')
  // Cut off while it was written, as on a full disk: Postgres would not start either.
  if (!(postmaster.pid > 0)) return rmSync(file)
  if (!exists(postmaster.pid)) return
  const rest = readFileSync(file, 'utf8').split('\n').slice(1)
  writeFileSync(file, [nobodysPid, ...rest].join('\n'))
  if (postmaster.socketDir) rmSync(`${socketPath(postmaster)}.lock`, { force: true })
}
