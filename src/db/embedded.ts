import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { connectionTo, type EmbeddedConnection } from './embedded-access.ts'
import {
  findCluster,
  findRunning,
  hasDoor,
  startCluster,
  stopCluster,
  type Cluster,
} from './embedded-cluster.ts'
import { holdShared, tryExclusive, withLock, type Held } from './embedded-locks.ts'
import { isLive, type Postmaster } from './embedded-postmaster.ts'

export interface EmbeddedOptions {
  dataDir: string
  /** Lines for `postgresql.conf` after Parley's own. */
  settings?: string[]
  /** Hears one line when Postgres died and was brought back, or can't be. */
  log?: (line: string) => void
}

export interface Embedded {
  connection: EmbeddedConnection
  /** False when it ran already, as after a crash of Parley or beside another one. */
  startedByUs: boolean
  /** Stops Postgres unless another Parley still uses it. */
  stop: () => Promise<void>
}

const lockWaitMs = 90_000
const peerWaitMs = 15_000
const watchMs = 500

/**
 * Brings up Parley's own Postgres in `dataDir` and keeps it up: makes it the first time, finds it
 * running after a crash of Parley, shares it with another Parley on the same directory.
 *
 * Two locks order the processes. Whoever starts or stops Postgres holds `start.lock`; whoever uses
 * it shares `users.lock`, so that the last to leave, and only the last, can take that one whole.
 * @throws Error with one line for the operator
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const cluster = findCluster(dataDir, options.settings ?? [])
  const startLock = join(dataDir, 'start.lock')
  const usersLock = join(dataDir, 'users.lock')

  const enter = () =>
    withLock(startLock, lockWaitMs, async (): Promise<Joined | null> => {
      const running = await findReachable(cluster)
      if (!running && isHeld(usersLock)) return null
      const postmaster = running ?? (await startCluster(cluster))
      return { postmaster, startedByUs: !running, use: holdShared(usersLock) }
    })

  const joined = await untilJoined(enter)
  const watch = watchOver(cluster, startLock, joined.postmaster, options.log ?? (() => {}))

  return {
    connection: connectionTo(dataDir, joined.postmaster),
    startedByUs: joined.startedByUs,
    stop: async () => {
      await watch.end()
      await withLock(startLock, lockWaitMs, async () => {
        joined.use.release()
        if (!isHeld(usersLock)) await stopCluster(cluster)
      })
    },
  }
}

interface Joined {
  postmaster: Postmaster
  startedByUs: boolean
  use: Held
}

const isHeld = (lock: string): boolean => {
  const all = tryExclusive(lock)
  all?.release()
  return !all
}

const findReachable = async (cluster: Cluster): Promise<Postmaster | null> => {
  const running = await findRunning(cluster)
  if (!running || hasDoor(running)) return running
  await stopCluster(cluster)
  return null
}

/**
 * Where another Parley lives but no Postgres is to be seen, that one brings it back at once. If it
 * doesn't, its Postgres may run on another machine that shares the directory: starting one here
 * would ruin the files.
 */
const untilJoined = async (enter: () => Promise<Joined | null>): Promise<Joined> => {
  const startMs = performance.now()
  for (;;) {
    const joined = await enter()
    if (joined) return joined
    if (performance.now() - startMs > peerWaitMs) {
      throw new Error(
        "Another Parley uses this data directory, and its Postgres can't be reached from here: " +
          'stop that one, or give each a DATA_DIR of its own',
      )
    }
    await Bun.sleep(100)
  }
}

/** Starts Postgres again after it died, for instance by the kernel when memory ran out. */
const watchOver = (
  cluster: Cluster,
  startLock: string,
  first: Postmaster,
  log: (line: string) => void,
): { end: () => Promise<void> } => {
  let postmaster = first
  let isLooking = false
  let work = Promise.resolve()

  const look = async (): Promise<void> => {
    if (await isLive(cluster.path, postmaster)) return
    await withLock(startLock, lockWaitMs, async () => {
      const running = await findReachable(cluster)
      postmaster = running ?? (await startCluster(cluster))
      if (!running) log('Postgres had died and was started again')
    })
  }
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    work = look()
      .catch((error: unknown) => log(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        isLooking = false
      })
  }, watchMs)
  // A process with nothing else to do may end.
  timer.unref()
  return {
    end: () => {
      clearInterval(timer)
      return work
    },
  }
}
