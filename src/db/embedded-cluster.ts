import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { authenticationArgs, listenSettings, username } from './embedded-access.ts'
import { environmentFor, findBinaries, type Binaries } from './embedded-binaries.ts'
import {
  isLive,
  markDead,
  readPostmaster,
  socketPath,
  type Postmaster,
} from './embedded-postmaster.ts'
import { privilegesFor, type Privileges } from './embedded-privileges.ts'
import { settings } from './embedded-settings.ts'

/** The files of one Postgres, and the programs that work on them. */
export interface Cluster {
  dataDir: string
  path: string
  binaries: Binaries
  privileges: Privileges
  /** Lines after Parley's own in `postgresql.conf`. */
  moreSettings: string[]
}

/** Of the binaries in package.json. */
const major = '18'
const freshPrefix = 'postgres.new-'
const startSeconds = 60

export function findCluster(dataDir: string, moreSettings: string[]): Cluster {
  const path = join(dataDir, 'postgres')
  const binaries = findBinaries(dataDir)
  return {
    dataDir,
    path,
    binaries,
    privileges: privilegesFor(binaries, dataDir, path),
    moreSettings,
  }
}

/** The Postgres that runs on the cluster and takes connections, if one does. */
export async function findRunning({ path }: Cluster): Promise<Postmaster | null> {
  const deadlineMs = performance.now() + startSeconds * 1_000
  for (;;) {
    const postmaster = readPostmaster(path)
    if (!postmaster || !(await isLive(path, postmaster))) return null
    if (postmaster.isReady) return postmaster
    if (performance.now() > deadlineMs) throw new Error('Postgres runs but does not get ready')
    await Bun.sleep(20)
  }
}

/**
 * Starts Postgres where none runs; the first time it makes the cluster.
 * @throws Error with one line for the operator
 */
export async function startCluster(cluster: Cluster): Promise<Postmaster> {
  const { path, dataDir, privileges, moreSettings } = cluster
  if (!existsSync(path)) await initialise(cluster)
  checkVersion(path)
  const dead = readPostmaster(path)
  if (dead) markDead(path, dead)
  const listen = await listenSettings(dataDir, path, privileges.own)
  const lines = [...settings, ...listen, ...moreSettings]
  const configuration = join(path, 'postgresql.conf')
  writeFileSync(configuration, `# Written by Parley at each start.\n${lines.join('\n')}\n`)
  privileges.own(configuration)
  const log = join(path, 'start.log')
  writeFileSync(log, '', { mode: 0o600 })
  privileges.own(log)
  const outcome = await run(
    cluster,
    'pgCtl',
    `start -s -w -t ${startSeconds} -D`.split(' ').concat(path, '-l', log),
  )
  const started = readPostmaster(path)
  if (outcome.code === 0 && started) return started
  throw new Error(`Postgres does not start: ${complaint(path, log) || outcome.text}`)
}

/** @throws Error when Postgres still runs after a minute */
export async function stopCluster(cluster: Cluster): Promise<void> {
  const { path } = cluster
  const postmaster = readPostmaster(path)
  if (!postmaster || !(await isLive(path, postmaster))) return
  const outcome = await run(
    cluster,
    'pgCtl',
    `stop -s -w -t ${startSeconds} -m fast -D`.split(' ').concat(path),
  )
  if (outcome.code !== 0 && (await isLive(path, postmaster))) {
    throw new Error(`Postgres does not stop: ${outcome.text}`)
  }
}

/** False where its socket was swept away, as temporary directories are: nobody gets in any more. */
export const hasDoor = (postmaster: Postmaster): boolean =>
  !postmaster.socketDir || existsSync(socketPath(postmaster))

const initialise = async (cluster: Cluster): Promise<void> => {
  const { dataDir, path, privileges } = cluster
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith(freshPrefix)) clear(join(dataDir, name))
  }
  const fresh = mkdtempSync(join(dataDir, freshPrefix))
  privileges.own(fresh)
  const outcome = await run(
    cluster,
    'initdb',
    '-E UTF8 --no-locale --locale-provider=builtin --builtin-locale=C.UTF-8'
      .split(' ')
      .concat('-U', username, '-D', fresh, authenticationArgs(dataDir)),
  )
  if (outcome.code !== 0) {
    clear(fresh)
    throw new Error(`Postgres can't make its files in ${dataDir}: ${outcome.text}`)
  }
  // Whole or not at all: a kill before this line leaves only a directory that the next start clears.
  renameSync(fresh, path)
}

/** An initdb whose Parley was killed may still be writing: what is left then, a later start clears. */
const clear = (path: string): void => {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {}
}

const checkVersion = (path: string): void => {
  const found = readFileSync(join(path, 'PG_VERSION'), 'utf8').trim()
  if (found === major) return
  throw new Error(
    `${path} is of Postgres ${found}, and this Parley brings Postgres ${major}: dump it with the ` +
      'Parley that made it and restore it here, or set DATABASE_URL',
  )
}

const run = async (
  { binaries, privileges }: Cluster,
  program: 'initdb' | 'pgCtl',
  args: string[],
): Promise<{ code: number; text: string }> => {
  // pg_ctl leaves a Postgres behind that would hold its pipes open for ever.
  const isLeaving = args[0] === 'start'
  const child = Bun.spawn([...privileges.prefix, binaries[program], ...args], {
    env: environmentFor(binaries),
    // Postgres may not be allowed into the directory that Parley was started in.
    cwd: '/',
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: isLeaving ? 'ignore' : 'pipe',
  })
  const [code, text] = await Promise.all([
    child.exited,
    child.stderr ? new Response(child.stderr).text() : '',
  ])
  return { code, text: oneLine(text.split('\n')) }
}

/** What Postgres said before it gave up: first to its output, then to the newest of its logs. */
const complaint = (path: string, startLog: string): string => {
  const folder = join(path, 'log')
  const logs = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
  const newest = logs.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs).slice(0, 1)
  const lines = [startLog, ...newest].flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  return oneLine(lines.filter((line) => /(FATAL|PANIC|ERROR):/.test(line)).slice(-2))
}

const oneLine = (lines: string[]): string =>
  lines
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(-3)
    .join(' | ')
