import { afterAll, afterEach, expect, test } from 'bun:test'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { findBinaries } from './embedded-binaries.ts'
import { isItsProcess } from './embedded-postmaster.ts'
import { startEmbedded, type Embedded } from './embedded.ts'

const root = mkdtempSync(join(tmpdir(), 'parley-embedded-'))
const patienceMs = 30_000
let dirs = 0
const freshDir = (): string => {
  dirs += 1
  return join(root, `data ${dirs}'s`)
}

interface SpawnedParley {
  startedByUs: () => Promise<boolean>
  /** Resolves to the exit code. */
  stop: () => Promise<number>
  kill: () => Promise<void>
}

const started: Embedded[] = []
const children: SpawnedParley[] = []

const start = async (dataDir: string): Promise<Embedded> => {
  const embedded = await startEmbedded({ dataDir })
  started.push(embedded)
  return embedded
}

/** No test leaves a Postgres behind, whatever became of it. */
afterEach(async () => {
  for (const child of children.splice(0)) await child.kill()
  for (const embedded of started.splice(0)) await embedded.stop()
  for (const name of readdirSync(root)) {
    if (postmasterOf(join(root, name)) === null) continue
    const leftOver = await startEmbedded({ dataDir: join(root, name) }).catch(() => null)
    await leftOver?.stop()
  }
}, patienceMs)
afterAll(() => rmSync(root, { recursive: true, force: true }))

const ask = async (
  connection: Embedded['connection'],
  query: (sql: postgres.Sql) => Promise<unknown>,
): Promise<unknown> => {
  const sql = postgres({ ...connection, database: 'postgres', max: 1, onnotice: () => {} })
  try {
    return await query(sql)
  } finally {
    await sql.end()
  }
}

const remember = (connection: Embedded['connection']) =>
  ask(connection, (sql) => sql`create table kept as select 'here' as word`)
const recall = (connection: Embedded['connection']) =>
  ask(connection, async (sql) => (await sql`select word from kept`)[0]?.['word'])

/** The process id in `postmaster.pid`; null when Postgres was stopped in order, or never ran. */
const postmasterOf = (dataDir: string): number | null => {
  const file = join(dataDir, 'postgres', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null
}

/** Ends Postgres as the kernel does when memory runs out. */
async function killPostmaster(dataDir: string): Promise<void> {
  const pid = postmasterOf(dataDir) ?? 0
  process.kill(pid, 'SIGKILL')
  while (isItsProcess(join(dataDir, 'postgres'), pid)) await Bun.sleep(5)
}

const sourceOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const parley = `
  import { startEmbedded } from ${JSON.stringify(sourceOf('embedded.ts'))}
  const embedded = await startEmbedded({ dataDir: process.env.TEST_DATA_DIR })
  console.log(embedded.startedByUs)
  for await (const _ of process.stdin) {}
  await embedded.stop()`

/** Another Parley, as far as its database goes: it stops in order when its input ends. */
function spawnParley(dataDir: string): SpawnedParley {
  const child = Bun.spawn([process.execPath, '-e', parley], {
    env: { ...process.env, TEST_DATA_DIR: dataDir },
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const lines = child.stdout.getReader()
  const spawned = {
    startedByUs: async () => new TextDecoder().decode((await lines.read()).value).trim() === 'true',
    stop: async () => {
      await child.stdin.end()
      return child.exited
    },
    kill: async () => {
      child.kill('SIGKILL')
      await child.exited
    },
  }
  children.push(spawned)
  return spawned
}

test(
  'the first start makes a database, a later one finds it with its data',
  async () => {
    const dataDir = freshDir()
    const first = await start(dataDir)
    expect(first.startedByUs).toBe(true)
    await remember(first.connection)
    await first.stop()
    expect(postmasterOf(dataDir)).toBeNull()
    const second = await start(dataDir)
    expect(second.startedByUs).toBe(true)
    expect(await recall(second.connection)).toBe('here')
  },
  patienceMs,
)

test(
  'it listens on no network, and only its owner gets at its files and its socket',
  async () => {
    const dataDir = freshDir()
    const { connection } = await start(dataDir)
    const seen = await ask(connection, async (sql) => [
      ...(await sql`
      select current_setting('listen_addresses') as listens, inet_server_addr() as address,
        current_setting('fsync') as fsync, current_setting('log_statement') as logged`),
    ])
    expect(seen).toEqual([{ listens: '', address: null, fsync: 'on', logged: 'none' }])
    expect(connection.host).toBeUndefined()
    for (const path of [join(dataDir, 'postgres'), join(connection.path ?? '', '..')]) {
      expect(statSync(path).mode & 0o077).toBe(0)
    }
  },
  patienceMs,
)

test(
  'a killed Parley leaves its Postgres running, and the next start finds it with its data',
  async () => {
    const dataDir = freshDir()
    const killed = spawnParley(dataDir)
    expect(await killed.startedByUs()).toBe(true)
    const postmaster = postmasterOf(dataDir)
    await killed.kill()
    const next = await start(dataDir)
    expect(next.startedByUs).toBe(false)
    expect(postmasterOf(dataDir)).toBe(postmaster)
    await remember(next.connection)
    expect(await recall(next.connection)).toBe('here')
    await next.stop()
    expect(postmasterOf(dataDir)).toBeNull()
  },
  patienceMs,
)

test(
  'after a kill -9 of both, the next start recovers what was committed',
  async () => {
    const dataDir = freshDir()
    const killed = spawnParley(dataDir)
    await killed.startedByUs()
    const other = await start(dataDir)
    await remember(other.connection)
    await other.stop()
    await killed.kill()
    await killPostmaster(dataDir)
    const next = await start(dataDir)
    expect(next.startedByUs).toBe(true)
    expect(await recall(next.connection)).toBe('here')
  },
  patienceMs,
)

test(
  'a Postgres that dies under a living Parley is brought back with what was committed',
  async () => {
    const dataDir = freshDir()
    const { promise: line, resolve } = Promise.withResolvers<string>()
    const living = await startEmbedded({ dataDir, log: resolve })
    started.push(living)
    await remember(living.connection)
    await killPostmaster(dataDir)
    expect(await line).toBe('Postgres had died and was started again')
    expect(await recall(living.connection)).toBe('here')
  },
  patienceMs,
)

test(
  'processes that contend for a lock wait for it, and never hold it together',
  async () => {
    const lock = join(root, 'contended.lock')
    const taken = join(root, 'taken')
    const code = `
    import { closeSync, openSync, rmSync } from 'node:fs'
    import { withLock } from ${JSON.stringify(sourceOf('embedded-locks.ts'))}
    for (let n = 0; n < 30; n += 1) {
      await withLock(${JSON.stringify(lock)}, 20_000, async () => {
        closeSync(openSync(${JSON.stringify(taken)}, 'wx'))
        await Bun.sleep(1)
        rmSync(${JSON.stringify(taken)})
      })
    }`
    const processes = Array.from({ length: 4 }, () =>
      Bun.spawn([process.execPath, '-e', code], { stderr: 'inherit' }),
    )
    expect(await Promise.all(processes.map(({ exited }) => exited))).toEqual([0, 0, 0, 0])
  },
  patienceMs,
)

test(
  'two starts at once on a fresh directory make one database, and both use it',
  async () => {
    const dataDir = freshDir()
    const both = [spawnParley(dataDir), spawnParley(dataDir)]
    const answers = await Promise.all(both.map((child) => child.startedByUs()))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await Promise.all(both.map((child) => child.stop()))).toEqual([0, 0])
    expect(postmasterOf(dataDir)).toBeNull()
  },
  patienceMs,
)

test(
  'a second Parley works beside the first, and whoever stops last stops Postgres',
  async () => {
    const dataDir = freshDir()
    const first = spawnParley(dataDir)
    expect(await first.startedByUs()).toBe(true)
    const second = await start(dataDir)
    expect(second.startedByUs).toBe(false)
    await first.stop()
    await remember(second.connection)
    expect(await recall(second.connection)).toBe('here')
    await second.stop()
    expect(postmasterOf(dataDir)).toBeNull()
  },
  patienceMs,
)

test(
  'a data directory too deep for the address of a socket works',
  async () => {
    const dataDir = join(freshDir(), ...Array.from({ length: 12 }, () => 'deep '.repeat(4).trim()))
    expect(Buffer.byteLength(dataDir)).toBeGreaterThan(200)
    const first = await start(dataDir)
    await remember(first.connection)
    const second = await start(dataDir)
    expect(second.startedByUs).toBe(false)
    expect(await recall(second.connection)).toBe('here')
    await first.stop()
    expect(await recall(second.connection)).toBe('here')
  },
  patienceMs,
)

test(
  'a data directory inside one that only its owner can enter works, also as root',
  async () => {
    const closed = freshDir()
    mkdirSync(closed, { mode: 0o700 })
    const { connection } = await start(join(closed, 'data'))
    await remember(connection)
    expect(statSync(closed).mode & 0o777).toBe(0o700)
  },
  patienceMs,
)

test(
  'what a killed first start left is cleared away',
  async () => {
    const dataDir = freshDir()
    mkdirSync(join(dataDir, 'postgres.new-123', 'base'), { recursive: true })
    writeFileSync(join(dataDir, 'postgres.new-123', 'PG_VERSION'), '18\n')
    const { startedByUs } = await start(dataDir)
    expect(startedByUs).toBe(true)
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres.new'))).toEqual([])
  },
  patienceMs,
)

test(
  'a database of another Postgres is refused, not touched',
  async () => {
    const dataDir = freshDir()
    await (await start(dataDir)).stop()
    const file = join(dataDir, 'postgres', 'PG_VERSION')
    writeFileSync(file, '17\n')
    await expect(startEmbedded({ dataDir })).rejects.toThrow(/Postgres 17.*18.*DATABASE_URL/)
    expect(readFileSync(file, 'utf8')).toBe('17\n')
    expect(postmasterOf(dataDir)).toBeNull()
  },
  patienceMs,
)

test('a platform without binaries is told to set DATABASE_URL', () => {
  expect(() => findBinaries(root, 'linux', 'mips')).toThrow(/linux-mips.*DATABASE_URL/)
})
