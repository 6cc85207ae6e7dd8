import type { Socket } from 'bun'
import { type Kind, dialects } from './dialects.ts'
import type { Target } from './jobs.ts'
import { FrameReader, encodeFrame, opcodes } from './ws-frames.ts'

/** What the owner of a socket hears. */
export interface Listener {
  /** A frame after `hello`; `bytes` is only good until it returns. */
  frame: (kind: Kind, bytes: Uint8Array, start: number, end: number) => void
  /** After `hello` it ended without being asked to. */
  lost: (reason: string) => void
}

export interface ClientSocket {
  say: (text: string) => void
  /** At once and without a word, so that no port waits in TIME_WAIT for the next round. */
  cut: () => void
}

interface Wire {
  opened: (socket: Socket<Wire>) => void
  data: (bytes: Uint8Array) => void
  drained: () => void
  closed: () => void
}

// One set of handlers for all sockets.
const handlers = {
  open: (socket: Socket<Wire>) => socket.data.opened(socket),
  data: (socket: Socket<Wire>, bytes: Buffer) => socket.data.data(bytes),
  drain: (socket: Socket<Wire>) => socket.data.drained(),
  close: (socket: Socket<Wire>) => socket.data.closed(),
  error: (socket: Socket<Wire>) => socket.data.closed(),
  // The promise of `connect` rejects.
  connectError: () => {},
}

/**
 * Opens a WebSocket by hand on a TCP socket, and signs in by bearer token. Resolves at the server's
 * `hello`.
 * @throws Error when the server refuses
 */
export function openSocket(
  target: Target,
  token: string,
  listener: Listener,
): Promise<ClientSocket> {
  const dialect = dialects[target.dialect]
  const { hostname, port } = new URL(target.url)
  const request =
    `GET ${dialect.path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\n` +
    'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
    `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer ${token}\r\n\r\n`

  return new Promise((resolve, reject) => {
    const reader = new FrameReader()
    let socket: Socket<Wire> | null = null
    let head = ''
    let isUpgraded = false
    let isSignedIn = false
    let isOver = false
    let isReading = false
    let unsent: Buffer[] = []

    const end = (reason: string): void => {
      if (isOver) return
      isOver = true
      socket?.terminate()
      if (isSignedIn) listener.lost(reason)
      else reject(new Error(reason))
    }
    const flush = (): void => {
      if (isOver || unsent.length === 0) return
      const bytes = unsent.length === 1 ? (unsent[0] ?? Buffer.alloc(0)) : Buffer.concat(unsent)
      const sent = Math.max(0, socket?.write(bytes) ?? 0)
      unsent = sent < bytes.length ? [bytes.subarray(sent)] : []
    }
    const write = (frame: Buffer): void => {
      unsent.push(frame)
      // What is said to all that one part brought leaves in one write.
      if (!isReading) flush()
    }
    const client: ClientSocket = {
      say: (text) => write(encodeFrame(text)),
      cut: () => {
        isOver = true
        socket?.terminate()
      },
    }
    const take = (bytes: Uint8Array, start: number, stop: number, opcode: number): void => {
      if (opcode === opcodes.ping) write(encodeFrame('', opcodes.pong))
      if (opcode === opcodes.close) end(closeReason(bytes, start, stop))
      if (opcode !== opcodes.text) return
      const kind = dialect.kindOf(bytes, start, stop)
      if (kind === 'open') client.say(dialect.greet(token))
      else if (kind === 'ping') client.say(dialect.pong)
      else if (kind === 'hello') {
        isSignedIn = true
        resolve(client)
      } else if (kind === 'error') end(Buffer.from(bytes.subarray(start, stop)).toString())
      else listener.frame(kind, bytes, start, stop)
    }
    const upgraded = (bytes: Uint8Array): Uint8Array | null => {
      head += Buffer.from(bytes).toString('latin1')
      const length = head.indexOf('\r\n\r\n') + 4
      if (length < 4) return null
      if (!head.startsWith('HTTP/1.1 101')) end(head.slice(0, head.indexOf('\r\n')))
      isUpgraded = true
      return Buffer.from(head.slice(length), 'latin1')
    }

    const data: Wire = {
      opened: (opened) => {
        socket = opened
        opened.write(request)
      },
      data: (bytes) => {
        const parts = isUpgraded ? bytes : upgraded(bytes)
        if (!parts) return
        isReading = true
        reader.read(parts, take)
        isReading = false
        flush()
      },
      drained: flush,
      closed: () => end('The server closed the connection'),
    }
    Bun.connect({ hostname, port: Number(port), socket: handlers, data }).catch(reject)
  })
}

const closeReason = (bytes: Uint8Array, start: number, end: number): string =>
  `The server closed with ${((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0)} ${Buffer.from(
    bytes.subarray(start + 2, end),
  ).toString()}`
