import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { exists, isItsProcess, readPostmaster } from './embedded-postmaster.ts'
import { startEmbeddedOverTcp } from './embedded-tcp.ts'
import { migrateDatabase } from './migrate.ts'
import { connectDatabase, type Connection, type OpenDatabase } from './connect.ts'

export interface TestDatabase extends OpenDatabase {
  /** The same database as a DATABASE_URL: over TCP with a password. */
  url: string
  drop: () => Promise<void>
}

interface TestServer {
  connection: (database: string) => Connection
  url: (database: string) => string
  stop: () => Promise<void>
}

const prefix = 'parley-test-'
const template = `parley_template_${process.pid}`
let server: Promise<TestServer> | null = null
let count = 0

/**
 * A fresh, migrated database, copied from a template: tens of milliseconds. One real Postgres serves
 * the whole test run (`TEST_DATABASE_URL` names another).
 */
export async function testDatabase({ overTcp = false, pool = 4 } = {}): Promise<TestDatabase> {
  server ??= startWithTemplate()
  const { url, connection } = await server
  count += 1
  const name = `parley_test_${process.pid}_${count}`
  await asAdmin(url, (admin) => admin`create database ${admin(name)} template ${admin(template)}`)
  const opened = connectDatabase(overTcp ? url(name) : connection(name), pool)
  return {
    ...opened,
    url: url(name),
    drop: async () => {
      await opened.close()
      await asAdmin(url, (admin) => admin`drop database ${admin(name)} with (force)`)
    },
  }
}

/** The DATABASE_URL of an empty database, for what must be tried without migrations. */
export async function tcpDatabaseUrl(): Promise<string> {
  server ??= startWithTemplate()
  const { url } = await server
  count += 1
  const name = `parley_test_${process.pid}_${count}`
  await asAdmin(url, (admin) => admin`create database ${admin(name)}`)
  return url(name)
}

/** Stops the tests' Postgres; `bunfig.toml` preloads a file that calls it after all tests. */
export async function stopTestServer(): Promise<void> {
  const running = server
  server = null
  await (await running)?.stop()
}

const startWithTemplate = async (): Promise<TestServer> => {
  const given = process.env['TEST_DATABASE_URL']
  const started = given ? externalServer(given) : await ownServer()
  await asAdmin(started.url, (admin) => admin`create database ${admin(template)}`)
  await migrateDatabase(postgres(started.url(template), { max: 1, onnotice: () => {} }))
  return started
}

const externalServer = (given: string): TestServer => {
  const url = (database: string) => Object.assign(new URL(given), { pathname: `/${database}` }).href
  const ours = `parley_%_${process.pid}%`
  return {
    connection: url,
    url,
    stop: () =>
      asAdmin(url, async (admin) => {
        for (const { datname } of await admin<{ datname: string }[]>`
          select datname from pg_database where datname like ${ours}`) {
          await admin`drop database ${admin(datname)} with (force)`
        }
      }),
  }
}

const ownServer = async (): Promise<TestServer> => {
  clearOld()
  const dataDir = join(tmpdir(), `${prefix}${process.pid}`)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const embedded = await startEmbeddedOverTcp({
    dataDir,
    // Nobody pulls the plug on a test; everything else is as in production.
    settings: ['fsync = off', 'max_connections = 200'],
  })
  return {
    connection: (database) => ({ ...embedded.connection, database }),
    url: embedded.url,
    stop: async () => {
      await embedded.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Leftovers of runs that were killed. */
const clearOld = (): void => {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : 0
    if (!pid || exists(pid)) continue
    const dataDir = join(tmpdir(), name)
    const cluster = join(dataDir, 'postgres')
    const postmaster = readPostmaster(cluster)
    if (postmaster && isItsProcess(cluster, postmaster.pid)) process.kill(postmaster.pid, 'SIGQUIT')
    // What a dying Postgres still writes there, the next run clears.
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }
}

const asAdmin = async (
  url: (database: string) => string,
  work: (admin: postgres.Sql) => PromiseLike<unknown>,
): Promise<void> => {
  const admin = postgres(url('postgres'), { max: 1, onnotice: () => {} })
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}
