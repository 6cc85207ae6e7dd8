import type { Chat, Preview } from '../protocol/chats.ts'
import type { ClientFrame, ServerFrame } from '../protocol/frames.ts'
import type { OpenSocket, Runtime, SocketEvents } from './runtime.ts'

const sender = {
  id: '0190b1f0-0000-7000-8000-000000000001',
  handle: 'ada',
  name: 'Ada',
  avatarColor: 3,
}

/** A chat of room `r` as the wire shows it; what a test does not care for is made up. */
export const chatOf = (seq: number, rev = seq, message = `chat ${seq}, rev ${rev}`): Chat => ({
  id: `0190b1f0-0000-7000-8000-${String(seq).padStart(12, '0')}`,
  roomId: 'r',
  seq,
  rev,
  kind: 'text',
  sender,
  cid: `c${seq}`,
  message,
  event: null,
  mentions: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  editedAt: null,
  deletedAt: null,
})

/** The preview of a chat of room `r`; `node` tells those of two nodes apart. */
export const previewOf = (seq: number, node = 0): Preview => ({
  id: `0190b1f0-0000-7000-900${node}-${String(seq).padStart(12, '0')}`,
  sender,
  cid: `c${seq}`,
  message: `chat ${seq}`,
  sentAt: '2026-01-01T00:00:00.000Z',
})

/** A network, a clock and timers that do what the test says. */
export function fakeNetwork() {
  let nowMs = 0
  let timers: { atMs: number; run: () => void }[] = []
  const sockets: FakeSocket[] = []
  const runtime: Runtime = {
    clock: () => nowMs,
    random: () => 0.5,
    timer: (ms, run) => {
      const entry = { atMs: nowMs + ms, run }
      timers.push(entry)
      return () => {
        timers = timers.filter((other) => other !== entry)
      }
    },
  }
  const openSocket: OpenSocket = (url, events) => {
    const socket: FakeSocket = { url, ...events, sent: [], isClosed: false }
    sockets.push(socket)
    return {
      send: (text) => {
        // Only this client writes here, and it writes frames.
        socket.sent.push(JSON.parse(text) as ClientFrame)
      },
      close: () => {
        socket.isClosed = true
      },
    }
  }
  return {
    runtime,
    openSocket,
    sockets,
    /** The newest socket; it must exist. */
    socket: (): FakeSocket => {
      const newest = sockets.at(-1)
      if (!newest) throw new Error('no socket was opened')
      return newest
    },
    /** Moves the clock, firing what is due on the way, and lets promises settle. */
    pass: async (ms: number): Promise<void> => {
      const endMs = nowMs + ms
      await settle()
      for (;;) {
        const next = timers.toSorted((a, b) => a.atMs - b.atMs).find(({ atMs }) => atMs <= endMs)
        if (!next) break
        timers = timers.filter((other) => other !== next)
        nowMs = next.atMs
        next.run()
        await settle()
      }
      nowMs = endMs
    },
  }
}

interface FakeSocket extends SocketEvents {
  url: string
  sent: ClientFrame[]
  isClosed: boolean
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

export const hello = (epoch = 'e1'): ServerFrame => ({
  type: 'hello',
  v: 1,
  epoch,
  user: sender,
  sessionId: sender.id,
  heartbeatMs: 25_000,
  expiresAt: '2026-01-01T00:10:00.000Z',
})
