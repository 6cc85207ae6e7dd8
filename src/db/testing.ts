import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { freePort } from './embedded-access.ts'
import { startEmbedded } from './embedded.ts'
import { migrateDatabase } from './migrate.ts'
import { connectDatabase, type Connection, type OpenDatabase } from './open.ts'
import { isAlive } from './start-lock.ts'

export interface TestDatabase extends OpenDatabase {
  /** The same database as a DATABASE_URL: over TCP with a password. */
  url: string
  drop: () => Promise<void>
}

interface TestServer {
  connection: (database: string) => Connection
  url: (database: string) => string
}

const prefix = 'parley-test-'
const template = `parley_template_${process.pid}`
let server: Promise<TestServer> | null = null
let count = 0

/** Leftovers of runs that were killed. */
const clearOld = async (): Promise<void> => {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : 0
    if (!pid || isAlive(pid)) continue
    const dataDir = join(tmpdir(), name)
    const old = await startEmbedded({ dataDir }).catch(() => null)
    await old?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const startServer = async (): Promise<TestServer> => {
  const given = process.env['TEST_DATABASE_URL']
  if (given) {
    const url = (database: string) =>
      Object.assign(new URL(given), { pathname: `/${database}` }).href
    return { connection: url, url }
  }
  await clearOld()
  const dataDir = join(tmpdir(), `${prefix}${process.pid}`)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const port = await freePort()
  const embedded = await startEmbedded({
    dataDir,
    // Nobody pulls the plug on a test; everything else is as in production.
    settings: [
      'fsync = off',
      'max_connections = 200',
      "listen_addresses = '127.0.0.1'",
      `port = ${port}`,
    ],
  })
  onExit(async () => {
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const path = join(dataDir, 'run', `.s.PGSQL.${port}`)
  const admin = postgres({
    ...embedded.connection,
    path,
    database: 'postgres',
    max: 1,
    onnotice: () => {},
  })
  await admin`alter role parley password 'test-password'`
  await admin.end()
  return {
    connection: (database) => ({ ...embedded.connection, path, database }),
    url: (database) => `postgres://parley:test-password@127.0.0.1:${port}/${database}`,
  }
}

const exits: (() => Promise<void>)[] = []

const onExit = (work: () => Promise<void>): void => {
  exits.push(work)
}

/** Stops the tests' Postgres; `bunfig.toml` preloads a file that calls it after all tests. */
export async function stopTestServer(): Promise<void> {
  for (const work of exits.splice(0)) await work()
  server = null
}

const prepare = async (): Promise<TestServer> => {
  const started = await startServer()
  await withAdmin(started, async (admin) => {
    await admin`drop database if exists ${admin(template)}`
    await admin`create database ${admin(template)}`
  })
  await migrateDatabase(postgres(started.url(template), { max: 1, onnotice: () => {} }))
  onExit(() =>
    withAdmin(
      started,
      async (admin) => void (await admin`drop database if exists ${admin(template)}`),
    ),
  )
  exits.reverse()
  return started
}

const withAdmin = async (
  at: TestServer,
  work: (admin: postgres.Sql) => Promise<void>,
): Promise<void> => {
  const admin = postgres(at.url('postgres'), { max: 1, onnotice: () => {} })
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

/**
 * A fresh, migrated database, copied from a template: tens of milliseconds. One real Postgres serves
 * the whole test run (`TEST_DATABASE_URL` names another).
 */
export async function testDatabase({ overTcp = false, pool = 4 } = {}): Promise<TestDatabase> {
  server ??= prepare()
  const at = await server
  count += 1
  const name = `parley_test_${process.pid}_${count}`
  await withAdmin(at, async (admin) => {
    await admin`create database ${admin(name)} template ${admin(template)}`
  })
  const opened = connectDatabase(overTcp ? at.url(name) : at.connection(name), pool)
  return {
    ...opened,
    url: at.url(name),
    drop: async () => {
      await opened.close()
      await withAdmin(
        at,
        async (admin) => void (await admin`drop database ${admin(name)} with (force)`),
      )
    },
  }
}
