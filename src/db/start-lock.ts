import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It lives, but is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const take = (path: string): boolean => {
  try {
    const file = openSync(path, 'wx', 0o600)
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

const holder = (path: string): number => {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return 0
  }
}

const pauseMs = 25
const emptyMs = 2_000

/**
 * Runs `work` while no other process runs work under the same lock file. The lock of a process that
 * was killed is taken over.
 */
export async function withLock<T>(
  path: string,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const startMs = performance.now()
  let emptySinceMs: number | null = null
  while (!take(path)) {
    const pid = holder(path)
    const nowMs = performance.now()
    // Between its making and its writing the file is empty; one that stays so was left by a crash.
    if (pid > 0) emptySinceMs = null
    else emptySinceMs ??= nowMs
    const isStale = pid > 0 ? !isAlive(pid) : nowMs - (emptySinceMs ?? nowMs) > emptyMs
    if (isStale) rmSync(path, { force: true })
    else if (nowMs - startMs > waitMs) {
      throw new Error(
        `Another Parley (process ${pid}) is starting or stopping on this data directory`,
      )
    } else await Bun.sleep(pauseMs)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}
