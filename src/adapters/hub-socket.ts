import type { Context } from 'hono'
import type { AppEnv } from '../http/context.ts'
import { closeCodes } from '../protocol/close-codes.ts'
import { limits } from '../protocol/limits.ts'
import type { Hub, HubConnection, RestingConnection } from '../realtime/hub.ts'
import type { Socket } from '../realtime/ports.ts'
import { socketRequest } from './socket-request.ts'

/** What stays with a socket while nothing of Parley is in memory; the rest is in the object's storage. */
interface Attachment {
  id: string
}

type Topics = Map<string, Set<HubSocket>>

/** A WebSocket of workerd as the hub's. */
class HubSocket implements Socket {
  readonly #ws: WebSocket
  readonly #topics: Topics
  connection: HubConnection | null = null
  /** What was said before the request was answered; null since. */
  #early: string[] | null
  #closedEarly: { code: number; reason: string } | null = null

  constructor(ws: WebSocket, topics: Topics, isNew: boolean) {
    this.#ws = ws
    this.#topics = topics
    this.#early = isNew ? [] : null
  }

  /**
   * The hub has seen it. The object holds it from here on, also while it sleeps; one that was closed
   * already is held by nobody, and its closing would not be sent if it were.
   */
  accept(hold: (ws: WebSocket) => void): void {
    const early = this.#early ?? []
    this.#early = null
    if (this.#closedEarly) this.#ws.accept()
    else hold(this.#ws)
    this.sendAll(early)
    if (this.#closedEarly) this.close(this.#closedEarly.code, this.#closedEarly.reason)
  }

  send(text: string): boolean {
    if (this.#early) {
      this.#early.push(text)
      return true
    }
    try {
      this.#ws.send(text)
      return true
    } catch {
      // It closed a moment ago; its `close` is on the way.
      return false
    }
  }

  sendAll(texts: string[]): void {
    for (const text of texts) this.send(text)
  }

  subscribe(topic: string): void {
    const sockets = this.#topics.get(topic) ?? new Set()
    this.#topics.set(topic, sockets.add(this))
  }

  unsubscribe(topic: string): void {
    const sockets = this.#topics.get(topic)
    sockets?.delete(this)
    if (sockets?.size === 0) this.#topics.delete(topic)
  }

  close(code: number, reason: string): void {
    for (const topic of this.#topics.keys()) this.unsubscribe(topic)
    if (this.#early) {
      this.#closedEarly = { code, reason }
      return
    }
    try {
      this.#ws.close(code, reason)
    } catch {
      // Closed already.
    }
  }

  /** There are no pings to send here. Whether the other side lives, the network before us watches. */
  ping(): void {
    this.connection?.alive()
  }

  /** Not told here. */
  bufferedBytes(): number {
    return 0
  }
}

/** Of one who closed it while the hub was not there. */
const goneSocket: Socket = {
  send: () => false,
  sendAll: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  close: () => {},
  ping: () => {},
  bufferedBytes: () => 0,
}

export interface HubSockets {
  upgrade: (c: Context<AppEnv>) => Response
  publish: (topic: string, text: string) => void
  attach: (hub: Hub) => void
  /**
   * Those that are open though the hub was not there, and what is known by their ids of those that were
   * when it rested. One of which nothing is known is closed, and its client comes back.
   */
  restore: (open: WebSocket[], kept: ReadonlyMap<string, RestingConnection>) => void
  receive: (ws: WebSocket, data: string | ArrayBuffer) => void
  closed: (ws: WebSocket) => void
  /** Each open one by its id; null when one can't rest yet. */
  resting: () => Map<string, RestingConnection> | null
}

/** The sockets of one life of the hub in a Durable Object, which holds them also while it sleeps. */
export function createHubSockets(
  state: Pick<DurableObjectState, 'acceptWebSocket'>,
  own: { publicUrl?: string | undefined },
): HubSockets {
  const topics: Topics = new Map()
  const connections = new Map<WebSocket, HubConnection>()
  let hub: Hub | null = null
  const running = (): Hub => {
    if (!hub) throw new Error('A socket came before the hub')
    return hub
  }
  const open = (
    ws: WebSocket,
    isNew: boolean,
    connect: (socket: Socket) => HubConnection,
  ): HubSocket => {
    const socket = new HubSocket(ws, topics, isNew)
    socket.connection = connect(socket)
    connections.set(ws, socket.connection)
    return socket
  }

  return {
    upgrade(c) {
      const request = socketRequest(c, running(), own)
      const { 0: theirs, 1: ours } = new WebSocketPair()
      const attachment: Attachment = { id: crypto.randomUUID() }
      ours.serializeAttachment(attachment)
      open(ours, true, (each) => running().connect(each, request)).accept((ws) =>
        state.acceptWebSocket(ws),
      )
      return new Response(null, { status: 101, webSocket: theirs })
    },

    publish(topic, text) {
      for (const socket of topics.get(topic) ?? []) socket.send(text)
    },

    attach: (next) => void (hub = next),

    restore(sockets, kept) {
      const gone = new Map(kept)
      for (const ws of sockets) {
        const id = idOf(ws)
        const known = gone.get(id)
        gone.delete(id)
        if (known) open(ws, false, (socket) => running().restore(socket, known))
        else sendBack(ws)
      }
      const left = Array.from(gone.values(), (each) => running().restore(goneSocket, each))
      for (const connection of left) connection.closed()
    },

    receive(ws, data) {
      const connection = connections.get(ws)
      const bytes = typeof data === 'string' ? data.length : data.byteLength
      // A string is at least as many bytes; only a long one is worth the count.
      const isLarge =
        bytes > limits.frameBytes ||
        (typeof data === 'string' &&
          bytes * 3 > limits.frameBytes &&
          new TextEncoder().encode(data).byteLength > limits.frameBytes)
      if (isLarge) ws.close(1009, 'Message too large')
      else connection?.receive(typeof data === 'string' ? data : new Uint8Array(data))
    },

    closed(ws) {
      connections.get(ws)?.closed()
      connections.delete(ws)
    },

    resting() {
      const resting = new Map<string, RestingConnection>()
      for (const [ws, connection] of connections) {
        const kept = connection.resting()
        if (!kept) return null
        resting.set(idOf(ws), kept)
      }
      return resting
    },
  }
}

/** Its client comes back by rev. */
export function sendBack(ws: WebSocket): void {
  try {
    ws.close(closeCodes.drain.code, closeCodes.drain.reason)
  } catch {
    // Closed already.
  }
}

// Written by `upgrade`, and by nothing else.
const idOf = (ws: WebSocket): string => (ws.deserializeAttachment() as Attachment).id
