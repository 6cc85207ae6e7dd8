import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Subprocess } from 'bun'
import { stallPostgres } from './stall-postgres.ts'

const root = join(import.meta.dir, '../..')

/** People in a browser suite type faster than people do, and all from one address. */
const unlimited = {
  LIMIT_SIGN_INS_PER_ACCOUNT: '0',
  LIMIT_SIGN_INS_PER_IP: '0',
  LIMIT_SIGN_UPS_PER_IP: '0',
  LIMIT_CHATS_PER_SECOND: '0',
  LIMIT_CHAT_BURST: '0',
  LIMIT_REQUESTS_PER_MINUTE: '0',
}

/** A real Parley with a data directory of its own, that can be killed and started again in place. */
export interface TestServer {
  origin: string
  /** No goodbye: SIGKILL, as a crash would have it. */
  kill: () => Promise<void>
  /** It hears and says nothing, as on a line that stalls, until it goes on. */
  pause: () => void
  goOn: () => void
  /** Its database takes what it is asked and answers nothing, until it goes on. */
  stallDatabase: () => void
  databaseGoesOn: () => void
  /** On the same port and data as before. */
  start: () => Promise<void>
  stop: () => Promise<void>
}

export async function startServer(env: Record<string, string> = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-e2e-'))
  let port = '0'
  let child: Subprocess<'ignore', 'pipe', 'inherit'> | undefined
  let endStall = () => {}

  const server: TestServer = {
    origin: '',
    start: async () => {
      child = Bun.spawn([process.execPath, 'src/main.ts'], {
        cwd: root,
        env: {
          ...process.env,
          ...unlimited,
          ...env,
          HOST: '127.0.0.1',
          PORT: port,
          DATA_DIR: dataDir,
        },
        stdin: 'ignore',
        stdout: 'pipe',
        stderr: 'inherit',
      })
      server.origin = await addressIn(child.stdout)
      port = new URL(server.origin).port
    },
    kill: async () => {
      child?.kill('SIGKILL')
      await child?.exited
    },
    pause: () => child?.kill('SIGSTOP'),
    goOn: () => child?.kill('SIGCONT'),
    stallDatabase: () => {
      endStall = stallPostgres(join(dataDir, 'postgres'))
    },
    databaseGoesOn: () => endStall(),
    stop: async () => {
      endStall()
      // A process that stands still hears no other signal.
      child?.kill('SIGCONT')
      child?.kill('SIGTERM')
      await child?.exited
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

/** The address of the line that the server prints; the rest of its output is read and forgotten. */
async function addressIn(output: ReadableStream<Uint8Array>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const read = async () => {
    let text = ''
    const decoder = new TextDecoder()
    for await (const part of output) {
      if (text.length < 100_000) text += decoder.decode(part, { stream: true })
      const address = /http:\/\/[\w.[\]:-]+:\d+/.exec(text)
      if (address) resolve(address[0].replace('0.0.0.0', '127.0.0.1'))
    }
    reject(new Error(`The server ended without an address:\n${text}`))
  }
  read().catch(reject)
  return promise
}
