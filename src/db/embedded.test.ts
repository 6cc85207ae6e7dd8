import { afterEach, expect, test } from 'bun:test'
import { mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findBinaries } from './embedded-binaries.ts'
import { ask, createStage, postmasterOf, recall, remember } from './embedded-testing.ts'
import { startEmbedded } from './embedded.ts'

const stage = createStage()
const patienceMs = 30_000

afterEach(stage.clear, patienceMs)

test(
  'the first start makes a database, a later one finds it with its data',
  async () => {
    const dataDir = stage.freshDir()
    const first = await stage.start(dataDir)
    expect(first.startedByUs).toBe(true)
    await remember(first.connection)
    await first.stop()
    expect(postmasterOf(dataDir)).toBeNull()
    const second = await stage.start(dataDir)
    expect(second.startedByUs).toBe(true)
    expect(await recall(second.connection)).toBe('here')
  },
  patienceMs,
)

test(
  'it listens on no network, and only its owner gets at its files and its socket',
  async () => {
    const dataDir = stage.freshDir()
    const { connection } = await stage.start(dataDir)
    const seen = await ask(
      connection,
      (sql) => sql`
      select current_setting('listen_addresses') as listens, inet_server_addr() as address,
        current_setting('fsync') as fsync, current_setting('log_statement') as logged`,
    )
    expect(seen).toEqual({ listens: '', address: null, fsync: 'on', logged: 'none' })
    expect(connection.host).toBeUndefined()
    for (const path of [join(dataDir, 'postgres'), join(connection.path ?? '', '..')]) {
      expect(statSync(path).mode & 0o077).toBe(0)
    }
  },
  patienceMs,
)

test(
  'a data directory too deep for the address of a socket works',
  async () => {
    const dataDir = join(
      stage.freshDir(),
      ...Array.from({ length: 12 }, () => 'deep '.repeat(4).trim()),
    )
    expect(Buffer.byteLength(dataDir)).toBeGreaterThan(200)
    const first = await stage.start(dataDir)
    await remember(first.connection)
    const second = await stage.start(dataDir)
    expect(second.startedByUs).toBe(false)
    expect(await recall(second.connection)).toBe('here')
    await first.stop()
    expect(await recall(second.connection)).toBe('here')
    await second.stop()
    // The directory that stands in for it lies among those of others.
    rmdirSync(dirname(first.connection.path ?? ''))
  },
  patienceMs,
)

test(
  'a data directory inside one that only its owner can enter works, also as root',
  async () => {
    const closed = stage.freshDir()
    mkdirSync(closed, { mode: 0o700 })
    const { connection } = await stage.start(join(closed, 'data'))
    await remember(connection)
    expect(statSync(closed).mode & 0o777).toBe(0o700)
  },
  patienceMs,
)

test(
  'what a killed first start left is cleared away',
  async () => {
    const dataDir = stage.freshDir()
    mkdirSync(join(dataDir, 'postgres.new-123', 'base'), { recursive: true })
    writeFileSync(join(dataDir, 'postgres.new-123', 'PG_VERSION'), '18\n')
    const { startedByUs } = await stage.start(dataDir)
    expect(startedByUs).toBe(true)
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres.new'))).toEqual([])
  },
  patienceMs,
)

test(
  'a database of another Postgres is refused, not touched',
  async () => {
    const dataDir = stage.freshDir()
    await (await stage.start(dataDir)).stop()
    const file = join(dataDir, 'postgres', 'PG_VERSION')
    writeFileSync(file, '17\n')
    await expect(startEmbedded({ dataDir })).rejects.toThrow(/Postgres 17.*18.*DATABASE_URL/)
    expect(readFileSync(file, 'utf8')).toBe('17\n')
    expect(postmasterOf(dataDir)).toBeNull()
  },
  patienceMs,
)

test('a platform without binaries is told to set DATABASE_URL', () => {
  expect(() => findBinaries('unused', 'linux', 'mips')).toThrow(/linux-mips.*DATABASE_URL/)
})
