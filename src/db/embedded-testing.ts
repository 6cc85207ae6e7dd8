import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { isItsProcess } from './embedded-postmaster.ts'
import { startEmbedded, type Embedded, type EmbeddedOptions } from './embedded.ts'

/** Another Parley, as far as its database goes. */
export interface SpawnedParley {
  startedByUs: () => Promise<boolean>
  /** In order; resolves to the exit code. */
  stop: () => Promise<number>
  kill: () => Promise<void>
}

/** Of a module of this folder, for a process of its own to import. */
export const sourceOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const parley = `
  import { startEmbedded } from ${JSON.stringify(sourceOf('embedded.ts'))}
  const embedded = await startEmbedded({ dataDir: process.env.TEST_DATA_DIR })
  console.log(embedded.startedByUs)
  for await (const _ of process.stdin) {}
  await embedded.stop()`

function spawnParley(dataDir: string): SpawnedParley {
  const child = Bun.spawn([process.execPath, '-e', parley], {
    env: { ...process.env, TEST_DATA_DIR: dataDir },
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const lines = child.stdout.getReader()
  return {
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
}

/** Data directories to try things on, and the Parleys that were started there. */
export function createStage() {
  let root = ''
  const started: Embedded[] = []
  const children: SpawnedParley[] = []
  let count = 0
  return {
    /** Not there yet, and with a name that has to be quoted. */
    freshDir: (): string => {
      root ||= mkdtempSync(join(tmpdir(), 'embedded-'))
      count += 1
      return join(root, `data ${count}'s`)
    },
    start: async (dataDir: string, options: Partial<EmbeddedOptions> = {}): Promise<Embedded> => {
      const embedded = await startEmbedded({ dataDir, ...options })
      started.push(embedded)
      return embedded
    },
    spawn: (dataDir: string): SpawnedParley => {
      const child = spawnParley(dataDir)
      children.push(child)
      return child
    },
    /** After each test: it leaves no Postgres behind, whatever became of it. */
    clear: async (): Promise<void> => {
      for (const child of children.splice(0)) await child.kill()
      for (const embedded of started.splice(0)) await embedded.stop()
      for (const name of root ? readdirSync(root) : []) {
        if (postmasterOf(join(root, name)) === null) continue
        const leftOver = await startEmbedded({ dataDir: join(root, name) }).catch(() => null)
        await leftOver?.stop()
      }
      if (root) rmSync(root, { recursive: true, force: true })
      root = ''
    },
  }
}

/** The first row that `query` finds in a Postgres. */
export async function ask(
  connection: Embedded['connection'],
  query: (sql: postgres.Sql) => PromiseLike<postgres.Row[]>,
): Promise<postgres.Row | undefined> {
  const sql = postgres({ ...connection, database: 'postgres', max: 1, onnotice: () => {} })
  try {
    const [row] = await query(sql)
    return row
  } finally {
    await sql.end()
  }
}

export const remember = (connection: Embedded['connection']) =>
  ask(connection, (sql) => sql`create table kept as select 'here' as word`)

export const recall = async (connection: Embedded['connection']): Promise<unknown> =>
  (await ask(connection, (sql) => sql`select word from kept`))?.['word']

/** The process id in `postmaster.pid`; null when Postgres was stopped in order, or never ran. */
export const postmasterOf = (dataDir: string): number | null => {
  const file = join(dataDir, 'postgres', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null
}

/** Ends Postgres as the kernel does when memory runs out. */
export async function killPostmaster(dataDir: string): Promise<void> {
  const pid = postmasterOf(dataDir) ?? 0
  process.kill(pid, 'SIGKILL')
  while (isItsProcess(join(dataDir, 'postgres'), pid)) await Bun.sleep(5)
}
