/** What a frame of a server means to the load generator. */
export type Kind =
  | 'open'
  | 'hello'
  | 'joined'
  | 'ack'
  | 'chat'
  | 'typing'
  | 'ping'
  | 'error'
  | 'other'

/** How the frames of a server look. */
export interface Dialect {
  /** Where its sockets are opened. */
  path: string
  kindOf: (bytes: Uint8Array, start: number, end: number) => Kind
  /** From a chat's start to the digits of its seq. */
  seqAt: number
  /** What is said to one that greets with `open`. */
  greet: (token: string) => string
  /** What is said to one that sends `ping`. */
  pong: string
  join: (roomId: string) => string
  chat: (roomId: string, cid: string, message: string) => string
  typing: (roomId: string) => string
}

const id = crypto.randomUUID()
const chatStart = `{"id":"${id}","roomId":"${id}","seq":`

const typeAt = '{"type":"'.length
const [h, j, a, c, t, e, y, quote] = Buffer.from('hjactey"')

/** Parley's own, which the bare server and express + ws speak as well. */
const frames: Dialect = {
  path: '/ws',
  kindOf(bytes, start) {
    const letter = bytes[start + typeAt]
    if (letter === c) return bytes[start + typeAt + 4] === quote ? 'chat' : 'other'
    if (letter === a) return 'ack'
    if (letter === t) return bytes[start + typeAt + 1] === y ? 'typing' : 'other'
    if (letter === h) return 'hello'
    if (letter === j) return 'joined'
    return letter === e ? 'error' : 'other'
  },
  seqAt: `{"type":"chat","chat":${chatStart}`.length,
  greet: () => '',
  pong: '',
  join: (roomId) => `{"type":"join_room","roomId":"${roomId}"}`,
  chat: (roomId, cid, message) =>
    `{"type":"chat","roomId":"${roomId}","cid":"${cid}","message":"${message}"}`,
  typing: (roomId) => `{"type":"typing","roomId":"${roomId}"}`,
}

const eventAt = '42["'.length
const [digit0, digit2, digit3, digit4] = Buffer.from('0234')

/**
 * Socket.IO's packets (its protocol 5 on Engine.IO 4), written by hand, so that its clients cost
 * the load generator no more than the others.
 */
const socketIo: Dialect = {
  path: '/socket.io/?EIO=4&transport=websocket',
  kindOf(bytes, start) {
    const first = bytes[start]
    if (first === digit0) return 'open'
    if (first === digit2) return 'ping'
    if (first !== digit4) return 'other'
    const second = bytes[start + 1]
    if (second === digit0) return 'hello'
    if (second === digit3) return 'ack'
    // 44: the connection was refused.
    if (second === digit4) return 'error'
    const letter = bytes[start + eventAt]
    if (letter === c) return 'chat'
    if (letter === t) return 'typing'
    if (letter === j) return 'joined'
    return 'other'
  },
  seqAt: `42["chat",${chatStart}`.length,
  greet: (token) => `40${JSON.stringify({ token })}`,
  pong: '3',
  join: (roomId) => `42["join_room",{"roomId":"${roomId}"}]`,
  // The digits after 42 ask for an acknowledgement.
  chat: (roomId, cid, message) =>
    `420["chat",{"roomId":"${roomId}","cid":"${cid}","message":"${message}"}]`,
  typing: (roomId) => `42["typing",{"roomId":"${roomId}"}]`,
}

export const dialects = { frames, socketIo } as const
