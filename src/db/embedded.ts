import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findBinaries } from './embedded-binaries.ts'
import { accessOf, type Access } from './embedded-access.ts'
import { privilegesFor } from './embedded-privileges.ts'
import { isAlive, withLock } from './start-lock.ts'

export interface EmbeddedOptions {
  dataDir: string
  /** Lines for `postgresql.conf` after Parley's own. */
  settings?: string[]
}

export interface Embedded {
  /** For the `postgres` package. */
  connection: Access['connection']
  /** False when it ran already, as after a crash of Parley or beside another one. */
  startedByUs: boolean
  /** Stops Postgres unless another Parley still uses it. */
  stop: () => Promise<void>
}

/** Of the binaries in package.json. */
const major = '18'
const lockWaitMs = 90_000

const settings = [
  'max_connections = 60',
  'shared_buffers = 64MB',
  'jit = off',
  'wal_level = minimal',
  'max_wal_senders = 0',
  'max_wal_size = 512MB',
  'min_wal_size = 32MB',
  'logging_collector = on',
  "log_directory = 'log'",
  "log_filename = 'postgres-%a.log'",
  'log_truncate_on_rotation = on',
  'log_rotation_age = 1d',
  // Statements hold chat text, which is never logged.
  "log_statement = 'none'",
  'log_min_error_statement = panic',
  'log_parameter_max_length_on_error = 0',
]

/**
 * Brings up Parley's own Postgres in `dataDir`: initialises it the first time, finds it running
 * after a crash of Parley, shares it with another Parley on the same directory.
 * @throws Error with one line for the operator
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const binaries = findBinaries(dataDir)
  const privileges = privilegesFor(binaries.postgres, binaries.env)
  const cluster = join(dataDir, 'postgres')
  const runDir = runDirOf(dataDir)
  mkdirSync(runDir, { recursive: true, mode: 0o700 })
  chmodSync(runDir, 0o700)
  privileges.own(runDir)
  const access = await accessOf(dataDir, runDir)
  const lock = join(dataDir, 'start.lock')
  const mark = join(runDir, `parley-${process.pid}`)

  const run = (program: string, ...args: string[]): Promise<Outcome> =>
    runProgram([...privileges.prefix, program, ...args], binaries.env)

  const initialise = async (): Promise<void> => {
    for (const name of readdirSync(dataDir)) {
      if (name.startsWith('postgres.new-')) rmSync(join(dataDir, name), { recursive: true })
    }
    const fresh = join(dataDir, `postgres.new-${process.pid}`)
    mkdirSync(fresh, { mode: 0o700 })
    privileges.own(fresh)
    const args = ['-D', fresh, '-U', access.connection.username, '-E', 'UTF8', '--no-locale']
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    const outcome = await run(binaries.initdb, ...args, ...locale, ...access.initArgs)
    if (outcome.code !== 0) throw new Error(`Postgres can't be initialised: ${outcome.text}`)
    // Whole or not at all: a kill before this line leaves only a directory that the next start clears.
    renameSync(fresh, cluster)
  }

  const start = async (): Promise<boolean> => {
    if (!existsSync(cluster)) await initialise()
    const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
    if (found !== major) {
      throw new Error(
        `${cluster} is of Postgres ${found}, this Parley brings ${major}: dump and restore it, or set DATABASE_URL`,
      )
    }
    if ((await run(binaries.pgCtl, 'status', '-D', cluster)).code === 0) return false
    const lines = [...settings, ...access.settings, ...(options.settings ?? [])]
    const conf = join(cluster, 'postgresql.conf')
    writeFileSync(conf, `# Written by Parley at each start.\n${lines.join('\n')}\n`, {
      mode: 0o600,
    })
    privileges.own(conf)
    const log = join(runDir, 'start.log')
    writeFileSync(log, '', { mode: 0o600 })
    privileges.own(log)
    const outcome = await run(
      binaries.pgCtl,
      'start',
      '-D',
      cluster,
      '-w',
      '-t',
      '60',
      '-s',
      '-l',
      log,
    )
    if (outcome.code === 0) return true
    const reason = readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' | ')
    throw new Error(`Postgres does not start: ${reason || outcome.text}`)
  }

  const startedByUs = await withLock(lock, lockWaitMs, async () => {
    const started = await start()
    writeFileSync(mark, '', { mode: 0o600 })
    return started
  })

  return {
    connection: access.connection,
    startedByUs,
    stop: () =>
      withLock(lock, lockWaitMs, async () => {
        rmSync(mark, { force: true })
        if (othersUse(runDir)) return
        await run(binaries.pgCtl, 'stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60', '-s')
      }),
  }
}

/** Whether a living Parley is marked in the directory; marks of dead ones are cleared. */
const othersUse = (runDir: string): boolean => {
  let isUsed = false
  for (const name of readdirSync(runDir)) {
    const pid = /^parley-(\d+)$/.exec(name)?.[1]
    if (pid === undefined) continue
    if (isAlive(Number(pid))) isUsed = true
    else rmSync(join(runDir, name), { force: true })
  }
  return isUsed
}

/** The address of a Unix socket is at most 107 bytes long; in a deep data directory it lives elsewhere. */
const runDirOf = (dataDir: string): string => {
  const own = join(dataDir, 'run')
  if (process.platform === 'win32' || Buffer.byteLength(own) <= 80) return own
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  return join(tmpdir(), `parley-${process.getuid?.() ?? 0}-${key}`)
}

interface Outcome {
  code: number
  text: string
}

const runProgram = async (command: string[], env: Record<string, string>): Promise<Outcome> => {
  // Postgres outlives this process: were its output a pipe, the pipe would never end.
  const child = Bun.spawn(command, {
    env: { ...process.env, ...env, LC_ALL: 'C' },
    stdin: 'ignore',
    stdout: command.some((word) => word.endsWith('initdb')) ? 'pipe' : 'ignore',
    stderr: command.includes('start') ? 'ignore' : 'pipe',
  })
  const [code, text] = await Promise.all([
    child.exited,
    child.stderr ? new Response(child.stderr).text() : Promise.resolve(''),
  ])
  return { code, text: text.trim().split('\n').slice(-3).join(' | ') }
}
