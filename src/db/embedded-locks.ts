import { Database } from 'bun:sqlite'

/**
 * Locks between processes that share a directory. They are the kernel's, taken through SQLite, so
 * the death of their holder frees them on every system, with no process ids to be reused, and they
 * hold between containers that share a volume.
 */
export interface Held {
  release: () => void
}

/** Keeps them from the garbage collector, which would free the lock. */
const open = new Set<Database>()

const held = (file: Database): Held => {
  open.add(file)
  return {
    release: () => {
      open.delete(file)
      file.close()
    },
  }
}

const lockFile = (path: string): Database => new Database(path, { create: true })

/** Finds the file locked, as `begin` does, while another holds it whole. */
const prepare = (file: Database): void => {
  file.run('pragma busy_timeout = 0')
  // Nothing is ever written, so no journal has to lie beside it.
  file.run('pragma journal_mode = off')
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')

/** Null while anybody else holds the lock, shared or not. */
export function tryExclusive(path: string): Held | null {
  const file = lockFile(path)
  try {
    prepare(file)
    file.run('begin exclusive')
    return held(file)
  } catch (error) {
    file.close()
    if (isBusy(error)) return null
    throw error
  }
}

/** A lock that many hold together. Whoever takes it exclusively must not do so at the same time. */
export function holdShared(path: string): Held {
  const file = lockFile(path)
  prepare(file)
  file.run('begin')
  // SQLite takes the lock at the first read.
  file.run('select count(*) from sqlite_master')
  return held(file)
}

const pauseMs = 20

/**
 * Runs `work` while no other process runs work under the same lock file.
 * @throws Error when the lock isn't free within `waitMs`
 */
export async function withLock<T>(
  path: string,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const startMs = performance.now()
  let lock = tryExclusive(path)
  while (!lock) {
    if (performance.now() - startMs > waitMs) {
      throw new Error('Another Parley is starting or stopping on this data directory')
    }
    await Bun.sleep(pauseMs)
    lock = tryExclusive(path)
  }
  try {
    return await work()
  } finally {
    lock.release()
  }
}
