import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig } from '../config.ts'
import { testDatabase } from '../db/testing.ts'
import { openTestLog } from '../http/testing.ts'
import { serverFrameSchema, type ServerFrame } from '../protocol/frames.ts'
import type { Me } from '../protocol/users.ts'
import { root } from '../scripts/commands.ts'
import { startServer } from './bun-server.ts'

/** A running Parley that a suite talks to from outside, whatever runtime it is on. */
export interface WireServer {
  url: string
  /** What it wrote to its log so far. */
  log: () => string
  /** An orderly end, as SIGTERM asks for. */
  stop: () => Promise<void>
}

export type StartWire<S extends WireServer = WireServer> = (
  settings?: Record<string, string>,
) => Promise<S>

export const noLimits: Record<string, string> = {
  LIMIT_SIGN_INS_PER_ACCOUNT: '0',
  LIMIT_SIGN_INS_PER_IP: '0',
  LIMIT_SIGN_UPS_PER_IP: '0',
  LIMIT_CHATS_PER_SECOND: '0',
  LIMIT_REQUESTS_PER_MINUTE: '0',
}

/** Parley on Bun in this process, on a database of its own. */
export const startOnBun: StartWire<WireServer & { databaseUrl: string }> = async (
  settings = {},
) => {
  const database = await testDatabase()
  await database.close()
  const { log, text } = await openTestLog()
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-wire-'))
  const config = parseConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    JWT_SECRET: 'a secret of 32 bytes for the tests',
    ...noLimits,
    ...settings,
  })
  const server = await startServer(config, log)
  return {
    url: server.url,
    databaseUrl: database.url,
    log: text,
    stop: async () => {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

/** One person of a suite, signed in. */
export interface Cast {
  me: Me
  token: string
  /** The refresh cookie, as the browser would send it. */
  cookie: string
  request: (method: string, path: string, body?: unknown) => Promise<Answer>
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array
const typeOf = (body: unknown): string =>
  body instanceof Uint8Array ? 'application/octet-stream' : 'application/json'

export async function request(
  url: string,
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { body, headers } = options
  const response = await fetch(url + path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': typeOf(body) }), ...headers },
    ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  // An answer that is not an object fails the assertions that look into it.
  const parsed = (isJson ? JSON.parse(text) : { text }) as Record<string, unknown>
  return { status: response.status, headers: response.headers, body: parsed }
}

let people = 0

export async function signUp(url: string, name: string): Promise<Cast> {
  people += 1
  const account = {
    email: `${name.toLowerCase()}${people}@example.com`,
    password: 'correct horse battery',
    name,
  }
  const answer = await request(url, 'POST', '/api/auth/signup', { body: account })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  const token = String(answer.body['accessToken'])
  return {
    me: answer.body['user'] as Me,
    token,
    cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '',
    request: (method, path, body) =>
      request(url, method, path, { body, headers: { authorization: `Bearer ${token}` } }),
  }
}

const patienceMs = 4_000

interface PackagedSocket extends WebSocket {
  on: (event: 'error', hear: () => void) => void
}

/**
 * The package itself: what Bun has under its name waits for the server to end the connection, which
 * workerd leaves to the network before it.
 */
const { WebSocket } = (await import(join(root, 'node_modules/ws/wrapper.mjs'))) as {
  WebSocket: new (
    url: string,
    options: { headers: Record<string, string>; closeTimeout: number },
  ) => PackagedSocket
}

/** Milliseconds that the server has to end a connection after both sides have said that it closes. */
const closeTimeout = 200

/** A real WebSocket: frames are taken in order, and waited for. */
export class WireSocket {
  readonly frames: ServerFrame[] = []
  readonly closed: Promise<number>
  #socket: PackagedSocket
  #waiting: (() => void)[] = []

  constructor(
    url: string,
    { path = '/ws', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
  ) {
    this.#socket = new WebSocket(url.replace('http', 'ws') + path, { headers, closeTimeout })
    // What went wrong is told by the code of its close.
    this.#socket.on('error', () => {})
    this.#socket.addEventListener('message', ({ data }) => {
      this.frames.push(serverFrameSchema.parse(JSON.parse(String(data))))
      this.#wake()
    })
    this.closed = new Promise((resolve) => {
      this.#socket.addEventListener('close', ({ code }) => {
        resolve(code)
        this.#wake()
      })
    })
  }

  static async signedIn(url: string, { token }: Pick<Cast, 'token'>): Promise<WireSocket> {
    const socket = new WireSocket(url, { headers: { authorization: `Bearer ${token}` } })
    await socket.next('hello')
    return socket
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }

  send(frame: unknown): void {
    this.#socket.send(isRaw(frame) ? frame : JSON.stringify(frame))
  }

  async opened(): Promise<void> {
    if (this.#socket.readyState === this.#socket.OPEN) return
    await new Promise((resolve) => this.#socket.addEventListener('open', resolve, { once: true }))
  }

  of<T extends ServerFrame['type']>(type: T): Extract<ServerFrame, { type: T }>[] {
    return this.frames.filter(
      (frame): frame is Extract<ServerFrame, { type: T }> => frame.type === type,
    )
  }

  /** The first frame of `type` that `test` likes, now or later. */
  next<T extends ServerFrame['type']>(
    type: T,
    test: (frame: Extract<ServerFrame, { type: T }>) => boolean = () => true,
  ): Promise<Extract<ServerFrame, { type: T }>> {
    return this.#until(`no ${type}`, () => this.of(type).find(test))
  }

  /** The first `count` frames of `type`. */
  async take<T extends ServerFrame['type']>(
    type: T,
    count: number,
  ): Promise<Extract<ServerFrame, { type: T }>[]> {
    return this.#until(`fewer than ${count} ${type}`, () => {
      const found = this.of(type)
      return found.length >= count ? found : undefined
    })
  }

  async #until<T>(what: string, look: () => T | undefined): Promise<T> {
    const untilMs = performance.now() + patienceMs
    for (;;) {
      const found = look()
      if (found !== undefined) return found
      const leftMs = untilMs - performance.now()
      if (leftMs <= 0) throw new Error(`${what} in ${JSON.stringify(this.frames.slice(-5))}`)
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#waiting.push(resolve)
      const timer = setTimeout(resolve, leftMs)
      await promise
      clearTimeout(timer)
    }
  }

  /** Everything that was sent before this has been handled when it resolves. */
  async flushed(): Promise<void> {
    const before = this.of('pong').length
    this.send({ type: 'ping' })
    await this.take('pong', before + 1)
  }

  close(): void {
    this.#socket.close()
  }
}
