import { once } from 'node:events'
import { type Socket, connect } from 'node:net'

/** One frame as it is on the wire (RFC 6455, 5.2); what a well-behaved client would set is the default. */
export interface RawFrame {
  opcode: number
  payload?: Uint8Array | string
  isFinal?: boolean
  /** RSV1 to RSV3 as bits 4, 2 and 1. */
  reserved?: number
  isMasked?: boolean
  /** How many bits tell the length; the fewest that do by default. */
  lengthBits?: 7 | 16 | 64
  /** What the header claims, when it is not the payload's length. */
  claims?: bigint
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

const mask = Buffer.from([0x3a, 0x7f, 0x21, 0xc4])

export function encodeFrame(frame: RawFrame): Buffer {
  const { opcode, isFinal = true, reserved = 0, isMasked = true } = frame
  const payload = Buffer.from(frame.payload ?? '')
  const claims = frame.claims ?? BigInt(payload.length)
  const bits = frame.lengthBits ?? (claims < 126n ? 7 : claims < 65_536n ? 16 : 64)
  const head = Buffer.alloc(2 + (bits === 7 ? 0 : bits / 8))
  head[0] = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode
  const lengthByte = bits === 7 ? Number(claims) : bits === 16 ? 126 : 127
  head[1] = (isMasked ? 0x80 : 0) | lengthByte
  if (bits === 16) head.writeUInt16BE(Number(claims), 2)
  if (bits === 64) head.writeBigUInt64BE(claims, 2)
  if (!isMasked) return Buffer.concat([head, payload])
  const masked = payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0))
  return Buffer.concat([head, mask, masked])
}

/** A close frame's payload. */
export const closePayload = (code: number, reason: Uint8Array | string = ''): Buffer => {
  const head = Buffer.alloc(2)
  head.writeUInt16BE(code)
  return Buffer.concat([head, Buffer.from(reason)])
}

/** What a server said: its frames in order, and how it ended. */
export interface Heard {
  texts: string[]
  pongs: string[]
  /** Of its close frame; 1005 when that had none, null when there was no close frame. */
  closeCode: number | null
  /** The connection is gone. */
  isOver: boolean
}

/** A WebSocket by hand: whatever is written goes out as it is. */
export interface RawSocket {
  /** Of the answer to the handshake. */
  status: number
  headers: string
  write: (bytes: Uint8Array) => void
  heard: () => Heard
  /** Resolves when `test` holds, or the connection is over, or after a while. */
  until: (test: (heard: Heard) => boolean, withinMs?: number) => Promise<Heard>
  destroy: () => void
}

/** Lines of the request after the first; `upgradeLines` are a good one. */
export const upgradeLines = (host: string, token: string): string[] => [
  `Host: ${host}`,
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  `Authorization: Bearer ${token}`,
]

const patienceMs = 5_000

export async function openRawSocket(
  url: string,
  lines: readonly string[],
  request = 'GET /ws?v=1 HTTP/1.1',
): Promise<RawSocket> {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  let bytes: Buffer = Buffer.alloc(0)
  const life = { isOver: false }
  let wake = (): void => {}
  socket.on('error', () => {})
  socket.on('data', (part: Buffer) => {
    bytes = Buffer.concat([bytes, part])
    wake()
  })
  socket.on('close', () => {
    life.isOver = true
    wake()
  })
  await once(socket, 'connect')
  socket.write(`${[request, ...lines].join('\r\n')}\r\n\r\n`)

  const wait = async (test: () => boolean, withinMs: number): Promise<void> => {
    const endMs = performance.now() + withinMs
    while (!test() && !life.isOver) {
      const leftMs = endMs - performance.now()
      if (leftMs <= 0) return
      const { promise, resolve } = Promise.withResolvers<void>()
      wake = resolve
      const timer = setTimeout(resolve, leftMs)
      await promise
      clearTimeout(timer)
    }
  }

  await wait(() => bytes.includes('\r\n\r\n'), patienceMs)
  const end = bytes.indexOf('\r\n\r\n')
  const headers = bytes.subarray(0, Math.max(end, 0)).toString()
  const frames = (): Heard => ({ ...decodeFrames(bytes.subarray(end + 4)), ...life })
  return {
    status: Number(headers.split(' ')[1] ?? 0),
    headers,
    write: (out) => void socket.write(out),
    heard: frames,
    async until(test, withinMs = patienceMs) {
      await wait(() => test(frames()), withinMs)
      return frames()
    },
    destroy: () => socket.destroy(),
  }
}

/** Servers send unmasked frames, and this one never in fragments. */
const decodeFrames = (bytes: Buffer): Omit<Heard, 'isOver'> => {
  const heard: Omit<Heard, 'isOver'> = { texts: [], pongs: [], closeCode: null }
  for (let at = 0; at + 2 <= bytes.length;) {
    const opcode = (bytes[at] ?? 0) & 0x0f
    const short = (bytes[at + 1] ?? 0) & 0x7f
    const headLength = short === 127 ? 10 : short === 126 ? 4 : 2
    if (at + headLength > bytes.length) break
    const length =
      short === 127
        ? Number(bytes.readBigUInt64BE(at + 2))
        : short === 126
          ? bytes.readUInt16BE(at + 2)
          : short
    const payload = bytes.subarray(at + headLength, at + headLength + length)
    if (payload.length < length) break
    if (opcode === opcodes.text) heard.texts.push(payload.toString())
    if (opcode === opcodes.pong) heard.pongs.push(payload.toString('latin1'))
    if (opcode === opcodes.close) {
      heard.closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
    }
    at += headLength + length
  }
  return heard
}
