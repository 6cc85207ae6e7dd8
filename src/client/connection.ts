import { closeCodes, mayReconnect } from '../protocol/close-codes.ts'
import type { ClientFrame, ServerFrame } from '../protocol/frames.ts'
import { limits, protocolVersion } from '../protocol/limits.ts'
import { backoffMs } from './backoff.ts'
import { type OpenedSocket, type OpenSocket, type Runtime, openWebSocket } from './runtime.ts'

/** Where a connection stands; what a banner or a log shows. */
export type Status =
  | { readonly state: 'connecting' }
  | { readonly state: 'online' }
  /** Lost with `code`; tries again at `retryAtMs`. */
  | { readonly state: 'waiting'; readonly retryAtMs: number; readonly code: number }
  /** For good: closed by this side, or with a code that says not to come back. */
  | {
      readonly state: 'closed'
      readonly code: number
      readonly reason: string
      readonly error?: unknown
    }

/** Thrown by a token source when no other try will help; `cause` says why. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut'
}

export interface ConnectionOptions {
  /** `ws://` or `wss://`, with the path. */
  url: string
  /**
   * An access token; `fresh` when the last one ended or is about to. A rejection with `SignedOut`
   * is final, any other counts as a loss of the network.
   */
  token: (fresh: boolean) => Promise<string>
  /** A text of the server as a frame; null for what this client does not know, which is ignored. */
  parse: (text: string) => ServerFrame | null
  /** Every frame, `hello` and `error` included. Between `hello` and a change of status, `send` works. */
  onFrame: (frame: ServerFrame) => void
  onStatus: (status: Status) => void
  runtime: Runtime
  openSocket?: OpenSocket | undefined
}

/** A WebSocket that comes back: auth, heartbeat, renewal of the token, backoff, close codes, drain. */
export interface Connection {
  /** False when not online: the frame is gone. */
  send: (frame: ClientFrame) => boolean
  status: () => Status
  /** Does not wait for the backoff any longer: the network is back, say. */
  wake: () => void
  close: () => void
}

const connectTimeoutMs = 10_000
const pongTimeoutMs = 10_000
/** After a close that says "too much", no sooner than this. */
const pauseMs = 1_000
const lostCode = 1006

export function createConnection(options: ConnectionOptions): Connection {
  const { url, token, parse, onFrame, onStatus, runtime, openSocket = openWebSocket } = options
  const { clock, random, timer } = runtime
  let status: Status = { state: 'connecting' }
  let socket: OpenedSocket | null = null
  /** Counts up with each try: what an older try still says is not heard. */
  let life = 0
  let attempt = 0
  let needsFresh = false
  let retryAfterMs = 0
  let drainMs: number | null = null
  let stopTimer: (() => void) | null = null
  let heartbeatMs: number = limits.heartbeatMs
  let wasHeard = false

  const setStatus = (next: Status): void => {
    status = next
    onStatus(next)
  }

  const arm = (ms: number, run: () => void): void => {
    stopTimer?.()
    stopTimer = timer(ms, run)
  }

  const drop = (): void => {
    life += 1
    stopTimer?.()
    socket?.close()
    socket = null
  }

  const end = (code: number, reason: string, error?: unknown): void => {
    if (status.state === 'closed') return
    drop()
    setStatus({ state: 'closed', code, reason, ...(error !== undefined && { error }) })
  }

  const delayMs = (code: number): number => {
    const jitterMs = backoffMs(attempt, random)
    if (code === closeCodes.drain.code && drainMs !== null) return drainMs + jitterMs
    const asksForPause = code === closeCodes.overloaded.code || code === closeCodes.rateLimited.code
    return asksForPause ? Math.max(pauseMs, retryAfterMs) + jitterMs : jitterMs
  }

  const lost = (code: number, reason: string): void => {
    if (!mayReconnect(code)) return end(code, reason)
    drop()
    needsFresh = code === closeCodes.tokenExpired.code
    const waitMs = delayMs(code)
    attempt += 1
    retryAfterMs = 0
    drainMs = null
    setStatus({ state: 'waiting', retryAtMs: clock() + waitMs, code })
    // A listener may have closed it.
    if (status.state === 'waiting') arm(waitMs, open)
  }

  const open = (): void => {
    drop()
    setStatus({ state: 'connecting' })
    void connect(life)
  }

  const connect = async (mine: number): Promise<void> => {
    let accessToken: string
    try {
      accessToken = await token(needsFresh)
    } catch (error) {
      if (mine !== life) return
      if (error instanceof SignedOut) end(closeCodes.authFailed.code, error.message, error.cause)
      else lost(lostCode, 'no token')
      return
    }
    if (mine !== life) return
    arm(connectTimeoutMs, () => lost(lostCode, 'no answer'))
    const opened = openSocket(`${url}?v=${protocolVersion}`, {
      // By a frame, not by `?token=`: what is in an address ends up in logs of proxies.
      opened: () => opened.send(JSON.stringify({ type: 'auth', token: accessToken })),
      received: (text) => {
        if (mine === life) receive(text)
      },
      closed: (code, reason) => {
        if (mine === life) lost(code, reason)
      },
    })
    socket = opened
  }

  /** Pings at a fixed pace, also while much is heard: the server wants signs of life as well. */
  const beat = (inMs: number): void =>
    arm(inMs, () => {
      wasHeard = false
      send({ type: 'ping' })
      arm(pongTimeoutMs, () => {
        if (wasHeard) beat(heartbeatMs - pongTimeoutMs)
        else lost(closeCodes.heartbeatTimeout.code, 'no answer')
      })
    })

  const renew = async (mine: number): Promise<void> => {
    try {
      const accessToken = await token(true)
      if (mine === life) send({ type: 'auth', token: accessToken })
    } catch {
      // The server closes with 4005 when the old one ends; the next connect says what is wrong.
    }
  }

  const receive = (text: string): void => {
    wasHeard = true
    const frame = parse(text)
    if (!frame) return
    if (frame.type === 'hello') {
      heartbeatMs = Math.max(frame.heartbeatMs, pongTimeoutMs * 2)
      attempt = 0
      needsFresh = false
      beat(heartbeatMs)
      setStatus({ state: 'online' })
    }
    if (frame.type === 'token_expiring') void renew(life)
    if (frame.type === 'drain') drainMs = frame.delayMs
    if (frame.type === 'error') retryAfterMs = frame.retryAfterMs ?? 0
    onFrame(frame)
  }

  const send = (frame: ClientFrame): boolean => {
    if (status.state !== 'online' || !socket) return false
    socket.send(JSON.stringify(frame))
    return true
  }

  void connect(life)

  return {
    send,
    status: () => status,
    wake() {
      if (status.state === 'waiting') open()
    },
    close: () => end(1000, 'closed by this client'),
  }
}
