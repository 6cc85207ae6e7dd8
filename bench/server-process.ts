import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../src/db/embedded-access.ts'
import { startEmbedded } from '../src/db/embedded.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const readyWithinMs = 60_000

/** Every limit of what one user or address may do, off: a bench is one address. */
export const noLimits = {
  LIMIT_CHATS_PER_SECOND: '0',
  LIMIT_CHAT_BURST: '0',
  LIMIT_SOCKETS_PER_USER: '0',
  LIMIT_ANONYMOUS_SOCKETS_PER_IP: '0',
  LIMIT_REQUESTS_PER_MINUTE: '0',
  LIMIT_SIGN_INS_PER_IP: '0',
  LOG_LEVEL: 'error',
}

export interface ServerOptions {
  /** Settings of its own: with `DATABASE_URL` it has no Postgres in its data directory. */
  env?: Record<string, string>
  /** A file that runs in it before everything else. */
  preload?: string
  /** It serves the web client too, built first where that is stale. */
  withWeb?: boolean
}

/** The real server, in a process of its own on a data directory of its own. */
export interface ServerProcess {
  url: string
  port: number
  dataDir: string
  /** Of the newest start. */
  pid: () => number
  /** Starts it, or starts it again; resolves when it is ready for work. */
  start: () => Promise<void>
  signal: (signal: NodeJS.Signals) => void
  /** As `kill -9` does. */
  kill: () => Promise<void>
  /** As `systemctl stop` does: SIGTERM, and it drains. */
  terminate: () => Promise<void>
  /** What it wrote, over all its starts. */
  said: () => string
  /** An orderly end of it and of its database; the data directory is removed. */
  stop: () => Promise<void>
}

export async function createServerProcess(options: ServerOptions = {}): Promise<ServerProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'))
  // A port of its own for ever, so that it can come back to it.
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const output = join(dataDir, 'output')
  const env = {
    ...process.env,
    ...noLimits,
    ...options.env,
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: `${port}`,
  }
  const preload = options.preload === undefined ? [] : ['--preload', options.preload]
  const flags = options.withWeb === true ? [] : ['--without-web']
  let child: Bun.Subprocess | null = null

  const said = (): string => readFileSync(output, 'utf8')
  const isUp = (): boolean => child !== null && child.exitCode === null && child.signalCode === null

  const terminate = async (): Promise<void> => {
    child?.kill('SIGTERM')
    await child?.exited
  }

  return {
    url,
    port,
    dataDir,
    pid: () => child?.pid ?? 0,
    said,
    async start() {
      // A file, not a pipe: nobody has to read it for the server to go on.
      const file = openSync(output, 'a')
      const started = Bun.spawn([process.execPath, ...preload, 'src/main.ts', ...flags], {
        cwd: root,
        env,
        stdin: 'ignore',
        stdout: file,
        stderr: file,
      })
      closeSync(file)
      child = started
      for (const untilMs = performance.now() + readyWithinMs; performance.now() < untilMs;) {
        if (await isReady(url)) return
        if (!isUp()) throw new Error(`The server ended with ${await started.exited}: ${said()}`)
        await Bun.sleep(10)
      }
      throw new Error(`The server did not get ready: ${said()}`)
    },
    signal: (signal) => child?.kill(signal),
    async kill() {
      child?.kill('SIGKILL')
      await child?.exited
    },
    terminate,
    async stop() {
      const wasUp = isUp()
      await terminate()
      // A server that was killed, or never came up, left its database running.
      if (!wasUp && options.env?.['DATABASE_URL'] === undefined) {
        await (await startEmbedded({ dataDir })).stop()
      }
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Whether the server there takes requests. */
export const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}

export interface World {
  users: number
  rooms: number
  members: number
  chats: number
  /** More chats, in the first room. */
  big?: number
  /** Plain unless said: what others are measured beside stores lines of text and nothing else. */
  talk?: 'lively' | 'plain'
  /** Of all of them, for who signs in by hand. */
  password?: string
}

/** Fills its database by `populate`. Answers an access token of each user. */
export async function populate(
  dataDir: string,
  world: World,
  env: Record<string, string> = {},
): Promise<string[]> {
  const file = join(dataDir, 'tokens')
  const flags = Object.entries({ talk: 'plain', ...world }).flatMap(([name, value]) => [
    `--${name}`,
    `${value}`,
  ])
  const child = Bun.spawn(
    [process.execPath, 'src/scripts/populate.ts', ...flags, '--tokens', file],
    {
      cwd: root,
      env: { ...process.env, ...env, DATA_DIR: dataDir },
      stdout: 'ignore',
      stderr: 'inherit',
    },
  )
  if ((await child.exited) !== 0) throw new Error('populate failed')
  return readFileSync(file, 'utf8').trim().split('\n')
}
