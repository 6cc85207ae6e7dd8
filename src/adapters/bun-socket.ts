import type { Server, ServerWebSocket, WebSocketHandler } from 'bun'
import type { Context } from 'hono'
import type { AppEnv } from '../http/context.ts'
import { AppError } from '../protocol/errors.ts'
import { limits } from '../protocol/limits.ts'
import type { ConnectRequest, Hub, HubConnection } from '../realtime/hub.ts'
import type { Socket } from '../realtime/ports.ts'
import { socketRequest } from './socket-request.ts'

interface SocketData {
  /** Null once the connection is made: it holds a token. */
  request: ConnectRequest | null
  connection: HubConnection | null
}

export interface BunSockets {
  /** For `Bun.serve({ websocket })`. */
  websocket: WebSocketHandler<SocketData>
  upgrade: (c: Context<AppEnv>) => Response
  publish: (topic: string, text: string) => void
  /** Before the first request. */
  attach: (server: Server<SocketData>, hub: Hub) => void
}

/**
 * What a reader may be behind before Bun closes it: the answer to a `sync` fits, and then some. Past
 * it frames would be dropped in silence, so it is closed and comes back by rev.
 */
const backpressureBytes = 2 * limits.resumeBytes

/** A class, since ten thousand of them would hold seven functions each. */
class BunSocket implements Socket {
  readonly #ws: ServerWebSocket<SocketData>

  constructor(ws: ServerWebSocket<SocketData>) {
    this.#ws = ws
  }

  send(text: string): boolean {
    return this.#ws.send(text) !== 0
  }

  sendAll(texts: string[]): void {
    this.#ws.cork(() => {
      for (const text of texts) this.#ws.send(text)
    })
  }

  subscribe(topic: string): void {
    this.#ws.subscribe(topic)
  }

  unsubscribe(topic: string): void {
    this.#ws.unsubscribe(topic)
  }

  close(code: number, reason: string): void {
    this.#ws.close(code, reason)
  }

  ping(): void {
    this.#ws.ping()
  }

  bufferedBytes(): number {
    return this.#ws.getBufferedAmount()
  }
}

/** Bun's sockets as the hub's: native topics fan out, one encoded text to all who subscribed. */
export function createBunSockets(options: { publicUrl?: string | undefined }): BunSockets {
  let attached: { server: Server<SocketData>; hub: Hub } | null = null

  const running = () => {
    if (!attached) throw new AppError('draining', 'The server is starting')
    return attached
  }

  return {
    websocket: {
      maxPayloadLength: limits.frameBytes,
      backpressureLimit: backpressureBytes,
      closeOnBackpressureLimit: true,
      perMessageDeflate: false,
      // The hub pings and closes the silent ones itself, with a code that says so.
      idleTimeout: 0,
      sendPings: false,
      open(ws) {
        const { request } = ws.data
        if (!request) return
        ws.data.request = null
        ws.data.connection = running().hub.connect(new BunSocket(ws), request)
      },
      message(ws, data) {
        ws.data.connection?.receive(data)
      },
      ping(ws) {
        ws.data.connection?.alive()
      },
      pong(ws) {
        ws.data.connection?.alive()
      },
      close(ws) {
        ws.data.connection?.closed()
      },
    },

    upgrade(c) {
      const { server, hub } = running()
      const request = socketRequest(c, hub, options)
      const isUpgraded = server.upgrade(c.req.raw, { data: { request, connection: null } })
      if (!isUpgraded) throw new AppError('malformed', 'Open this address as a WebSocket')
      // The socket has the connection now; Bun does not send this.
      return new Response(null)
    },

    publish(topic, text) {
      // Nobody listens before the port is open; what other nodes tell until then concerns nobody.
      attached?.server.publish(topic, text)
    },

    attach(server, hub) {
      attached = { server, hub }
    },
  }
}
