import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../src/db/embedded-access.ts'
import { startEmbedded } from '../src/db/embedded.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Every limit of what one user or address may do, off: a bench is one address. */
const noLimits = {
  LIMIT_CHATS_PER_SECOND: '0',
  LIMIT_CHAT_BURST: '0',
  LIMIT_SOCKETS_PER_USER: '0',
  LIMIT_ANONYMOUS_SOCKETS_PER_IP: '0',
  LIMIT_REQUESTS_PER_MINUTE: '0',
  LOG_LEVEL: 'error',
}

/** The real server, in a process of its own on a data directory of its own. */
export interface ServerProcess {
  url: string
  dataDir: string
  /** Starts it, or starts it again; resolves when it says where it is. */
  start: () => Promise<void>
  /** As `kill -9` does. */
  kill: () => Promise<void>
  /** An orderly end of it and of its database; the data directory is removed. */
  stop: () => Promise<void>
}

export async function createServerProcess(): Promise<ServerProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'))
  const port = await freePort()
  const env = { ...process.env, ...noLimits, DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: `${port}` }
  let child: Bun.Subprocess<'ignore', 'pipe', 'inherit'> | null = null

  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    async start() {
      child = Bun.spawn([process.execPath, 'src/main.ts', '--without-web'], {
        cwd: root,
        env,
        stdin: 'ignore',
        stdout: 'pipe',
        stderr: 'inherit',
      })
      const decoder = new TextDecoder()
      let text = ''
      for await (const bytes of child.stdout) {
        text += decoder.decode(bytes, { stream: true })
        if (text.includes('Parley is at')) return
      }
      throw new Error(`The server ended with ${await child.exited}: ${text}`)
    },
    async kill() {
      child?.kill('SIGKILL')
      await child?.exited
    },
    async stop() {
      const isUp = child !== null && child.exitCode === null && child.signalCode === null
      child?.kill('SIGTERM')
      await child?.exited
      // A server that was killed, or never came up, left its database running.
      if (!isUp) await (await startEmbedded({ dataDir })).stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export interface World {
  users: number
  rooms: number
  members: number
  chats: number
}

/** Fills its database by `populate`. Answers an access token of each user. */
export async function populate(dataDir: string, world: World): Promise<string[]> {
  const file = join(dataDir, 'tokens')
  const flags = Object.entries(world).flatMap(([name, count]) => [`--${name}`, `${count}`])
  const child = Bun.spawn(
    [process.execPath, 'src/scripts/populate.ts', ...flags, '--tokens', file],
    { cwd: root, env: { ...process.env, DATA_DIR: dataDir }, stdout: 'ignore', stderr: 'inherit' },
  )
  if ((await child.exited) !== 0) throw new Error('populate failed')
  return readFileSync(file, 'utf8').trim().split('\n')
}
