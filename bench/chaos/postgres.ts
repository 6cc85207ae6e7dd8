import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { connectionTo, freePort } from '../../src/db/embedded-access.ts'
import {
  findCluster,
  findRunning,
  startCluster,
  stopCluster,
} from '../../src/db/embedded-cluster.ts'
import { exists, isItsProcess, readPostmaster } from '../../src/db/embedded-postmaster.ts'
import { childrenOf, signalAll } from '../../src/scripts/processes.ts'

/** A real Postgres of this run alone, over TCP, that dies and stands still when told to. */
export interface ChaosPostgres {
  port: number
  /** A DATABASE_URL, through another port where a proxy stands in between. */
  urlAt: (port: number) => string
  /** Where its files lie. */
  dataDir: string
  /** As a power cut of its machine does: every process of it at once. */
  kill: () => void
  /** Unless it runs; resolves when it takes connections. */
  start: () => Promise<void>
  /** SIGSTOP to every process of it. */
  freeze: () => void
  thaw: () => void
  /** Ends it and removes its files. */
  stop: () => Promise<void>
}

export interface PostgresOptions {
  /** Where to put its files: a directory that is there and empty. A new one by default. */
  dataDir?: string
  settings?: string[]
}

const prefix = 'parley-chaos-'

/** Leftovers of runs that were killed. */
export function clearOld(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : 0
    if (!pid || exists(pid)) continue
    const dataDir = join(tmpdir(), name)
    const cluster = join(dataDir, 'postgres')
    const postmaster = readPostmaster(cluster)
    if (postmaster && isItsProcess(cluster, postmaster.pid)) signalAll([postmaster.pid], 'SIGQUIT')
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }
}

export async function startPostgres(options: PostgresOptions = {}): Promise<ChaosPostgres> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const port = await freePort()
  const cluster = findCluster(dataDir, [
    // The rest as in production, fsync too.
    "listen_addresses = '127.0.0.1'",
    `port = ${port}`,
    ...(options.settings ?? []),
  ])
  const urlAt = (at: number): string => `postgres://parley:chaos-password@127.0.0.1:${at}/parley`

  /** The first starts the others, so it comes first: nobody is born behind our back. */
  const all = (signal: NodeJS.Signals): void => {
    const pid = readPostmaster(cluster.path)?.pid ?? 0
    if (pid <= 0) return
    signalAll([pid], 'SIGSTOP')
    signalAll([...childrenOf(pid), pid], signal)
  }

  const first = await startCluster(cluster)
  const admin = postgres({ ...connectionTo(dataDir, first), database: 'postgres', max: 1 })
  await admin`alter role parley password 'chaos-password'`
  await admin`create database parley`
  await admin.end()

  return {
    port,
    urlAt,
    dataDir,
    kill: () => all('SIGKILL'),
    async start() {
      if (!(await findRunning(cluster))) await startCluster(cluster)
    },
    freeze: () => all('SIGSTOP'),
    thaw: () => all('SIGCONT'),
    async stop() {
      all('SIGCONT')
      await stopCluster(cluster)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
