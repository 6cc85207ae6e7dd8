import { hc } from 'hono/client'
import type { AppType } from './app.ts'
import { bodyOf } from './client/call.ts'
import { type Live, createLive } from './client/live.ts'
import type { OpenSocket, Runtime } from './client/runtime.ts'
import { webRuntime } from './client/runtime.ts'
import { type Credentials, createTokenSource } from './client/token-source.ts'
import { historyPageSchema } from './protocol/chats.ts'
import { type ServerFrame, serverFrameSchema } from './protocol/frames.ts'
import { limits } from './protocol/limits.ts'
import { signedInSchema } from './protocol/users.ts'

export { call } from './client/call.ts'
export { SignedOut, type Status } from './client/connection.ts'
export type { Ack, Live, LiveEvents } from './client/live.ts'
export type { RoomView } from './client/room-view.ts'
export type { Credentials } from './client/token-source.ts'
export type { Preview } from './protocol/chats.ts'
export { AppError } from './protocol/errors.ts'

export type ClientOptions = Credentials & {
  /** Where Parley answers: `http://localhost:3000`. */
  url: string
  /** Chats of each room that stay in memory; 1,000 by default. */
  keep?: number
  /**
   * Chats of one room on the wire at once. 1 by default: more is faster over a slow network, but a
   * chat that the server puts off (rate limit, overload) may then land behind later ones.
   */
  window?: number
  newCid?: () => string
  runtime?: Runtime
  openSocket?: OpenSocket
  fetch?: (url: string, init?: RequestInit) => Promise<Response>
}

/** What a script or a bot holds: typed REST, and a live connection that keeps the delivery contract. */
export interface Client {
  /** `call(client.api.rooms.$get())`: every route, typed and authenticated. */
  api: ReturnType<typeof hc<AppType>>['api']
  /** Opened by the first use. */
  live: Live
  close: () => void
}

export function createClient(options: ClientOptions): Client {
  const { keep = 1_000, window = 1, newCid = () => crypto.randomUUID() } = options
  const {
    runtime = webRuntime,
    openSocket,
    fetch: send = (url, init) => fetch(url, init),
  } = options
  const base = options.url.replace(/\/+$/, '')

  const signIn = async (email: string, password: string) => {
    const response = await send(`${base}/api/auth/signin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
    return signedInSchema.parse(await bodyOf(response))
  }
  const token = createTokenSource(options, signIn, runtime.clock)

  /** With the access token; one that ended is renewed once. */
  const authedFetch = async (url: string, init?: RequestInit): Promise<Response> => {
    const attempt = async (fresh: boolean): Promise<Response> => {
      const headers = new Headers(init?.headers)
      headers.set('authorization', `Bearer ${await token(fresh)}`)
      return send(url, { ...init, headers })
    }
    const response = await attempt(false)
    return response.status === 401 && !('accessToken' in options) ? attempt(true) : response
  }

  const history = async (roomId: string, after: number) => {
    const query = `after=${after}&limit=${limits.historyMax}`
    const response = await authedFetch(`${base}/api/rooms/${roomId}/chats?${query}`)
    return historyPageSchema.parse(await bodyOf(response))
  }

  let live: Live | null = null
  return {
    api: hc<AppType>(base, {
      fetch: (input: string | URL | Request, init?: RequestInit) =>
        authedFetch(input instanceof Request ? input.url : String(input), init),
    }).api,
    get live() {
      live ??= createLive({
        url: `${base.replace(/^http/, 'ws')}/ws`,
        token,
        parse: parseServerFrame,
        history,
        keep,
        window,
        newCid,
        runtime,
        openSocket,
      })
      return live
    },
    close: () => live?.close(),
  }
}

/** Null for what this version does not know: a newer server may say more. */
function parseServerFrame(text: string): ServerFrame | null {
  try {
    return serverFrameSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
