import { backoffMs } from '../../src/client/backoff.ts'
import { closeCodes, mayReconnect } from '../../src/protocol/close-codes.ts'
import type { ClientFrame, ServerFrame } from '../../src/protocol/frames.ts'
import { protocolVersion } from '../../src/protocol/limits.ts'
import type { LineStatus } from './types.ts'

/** What of a browser's WebSocket is used here. */
export interface WebSocketLike extends EventTarget {
  send: (data: string) => void
  close: () => void
}

export interface SocketOptions {
  openWebSocket: () => WebSocketLike
  /** An access token; null when nobody is signed in any more. May reject. */
  token: (force: boolean) => Promise<string | null>
  onFrame: (frame: ServerFrame) => void
  onStatus: (status: LineStatus) => void
  /** The line broke: what was sent on it has an unknown result. */
  onLost: () => void
  /** The server ended the session; there is nothing to come back to. */
  onEnded: () => void
  hasNetwork?: () => boolean
  random?: () => number
  now?: () => number
}

export interface Socket {
  /** False when there is no line: nothing was sent. */
  send: (frame: ClientFrame) => boolean
  tryNow: () => void
  /** Something happened (the tab woke up, the network changed): is the line still good? */
  check: () => void
  dispose: () => void
}

const helloWithinMs = 15_000
const pingEachMs = 25_000
const pongWithinMs = 10_000
/** After a sign of trouble we want to know soon. */
const checkWithinMs = 3_000

export const socketUrl = (): string =>
  `${location.origin.replace(/^http/, 'ws')}/ws?v=${protocolVersion}`

/** A WebSocket that signs in, keeps itself alive, renews its token in place, and comes back. */
export function makeSocket(options: SocketOptions): Socket {
  const { openWebSocket, token, onFrame, onStatus, onLost, onEnded } = options
  const random = options.random ?? Math.random
  const now = options.now ?? Date.now
  const hasNetwork = options.hasNetwork ?? (() => true)

  let socket: WebSocketLike | null = null
  let listening: AbortController | null = null
  let isOnline = false
  let isOver = false
  let attempt = 0
  let since = now()
  let forceToken = false
  let drainMs: number | null = null
  let retryTimer: Timer
  let lifeTimer: Timer
  let pingTimer: Timer
  /** Counts tries, so that a token that comes late does not open a second line. */
  let current = 0

  const connect = async (): Promise<void> => {
    clearTimeout(retryTimer)
    const mine = ++current
    const isStale = (): boolean => isOver || mine !== current
    onStatus(hasNetwork() ? { state: 'connecting', since } : { state: 'offline', since })
    let accessToken: string | null
    try {
      accessToken = await token(forceToken)
    } catch {
      if (!isStale()) retryLater()
      return
    }
    if (isStale()) return
    if (accessToken === null) return end()
    forceToken = false
    open(accessToken)
  }

  const open = (accessToken: string): void => {
    const opened = openWebSocket()
    socket = opened
    lifeTimer = setTimeout(lost, helloWithinMs)
    const { signal } = (listening = new AbortController())
    const hello = JSON.stringify({ type: 'auth', token: accessToken } satisfies ClientFrame)
    opened.addEventListener('open', () => opened.send(hello), { signal })
    opened.addEventListener(
      'message',
      (event) => {
        // Only our own server speaks on this line, in frames of this type.
        if (event instanceof MessageEvent) receive(JSON.parse(String(event.data)) as ServerFrame)
      },
      { signal },
    )
    opened.addEventListener(
      'close',
      (event) => lost(event instanceof CloseEvent ? event.code : undefined),
      { signal },
    )
  }

  const receive = (frame: ServerFrame): void => {
    clearTimeout(lifeTimer)
    if (frame.type === 'hello') {
      isOnline = true
      onStatus({ state: 'online' })
      pingTimer = setInterval(() => ping(pongWithinMs), pingEachMs)
    }
    if (frame.type === 'synced') attempt = 0
    if (frame.type === 'token_expiring') void renew()
    if (frame.type === 'drain') drainMs = frame.delayMs
    onFrame(frame)
  }

  const renew = async (): Promise<void> => {
    const mine = current
    try {
      const renewed = await token(true)
      if (mine !== current || isOver) return
      if (renewed === null) end()
      else send({ type: 'auth', token: renewed })
    } catch {
      // The server closes with 4005 when the time is up; the next connect asks again.
    }
  }

  const ping = (withinMs: number): void => {
    if (!send({ type: 'ping' })) return
    clearTimeout(lifeTimer)
    lifeTimer = setTimeout(lost, withinMs)
  }

  /** Lets go of the line without waiting for its close: a half-open one would take minutes. */
  const drop = (): void => {
    clearTimeout(lifeTimer)
    clearInterval(pingTimer)
    listening?.abort()
    socket?.close()
    socket = null
    if (isOnline) since = now()
    isOnline = false
  }

  const lost = (code = 1006): void => {
    drop()
    onLost()
    if (code === closeCodes.sessionRevoked.code || code === closeCodes.authFailed.code) return end()
    if (!mayReconnect(code)) {
      isOver = true
      const why = code === closeCodes.tooManyConnections.code ? 'too_many' : 'outdated'
      return onStatus({ state: 'stopped', since, why })
    }
    forceToken ||= code === closeCodes.tokenExpired.code
    retryLater()
  }

  const retryLater = (): void => {
    // After a drain the server says when; the jitter keeps everyone from coming in one moment.
    const waitMs = (drainMs ?? 0) + backoffMs(attempt, random)
    drainMs = null
    attempt += 1
    const retryAt = now() + waitMs
    onStatus(hasNetwork() ? { state: 'waiting', since, retryAt } : { state: 'offline', since })
    clearTimeout(retryTimer)
    retryTimer = setTimeout(() => void connect(), waitMs)
  }

  const end = (): void => {
    dispose()
    onEnded()
  }

  const send = (frame: ClientFrame): boolean => {
    if (!socket || !isOnline) return false
    socket.send(JSON.stringify(frame))
    return true
  }

  const dispose = (): void => {
    isOver = true
    clearTimeout(retryTimer)
    drop()
  }

  const tryNow = (): void => {
    if (isOver || socket) return
    attempt = 0
    void connect()
  }

  void connect()
  return {
    send,
    tryNow,
    check: () => (isOnline ? ping(checkWithinMs) : tryNow()),
    dispose,
  }
}

type Timer = ReturnType<typeof setTimeout> | undefined
