import { z } from 'zod'
import { quantile } from './report.ts'

/** What the load generator is told on stdin, in a process of its own. */
export const loadSchema = z.object({
  /** `ws://…` */
  url: z.string(),
  /** Member m of room r signs in with token r · members + m. */
  tokens: z.array(z.string()),
  rooms: z.array(z.string()),
  members: z.int(),
  /** Of each room: its first members. */
  senders: z.int(),
  seconds: z.number(),
  pace: z.discriminatedUnion('type', [
    /** Each sender keeps so many chats unacknowledged. */
    z.object({ type: z.literal('closed'), window: z.int() }),
    /** So many chats a second of all together, whatever comes back. */
    z.object({ type: z.literal('open'), perSecond: z.number() }),
  ]),
})
export type Load = z.infer<typeof loadSchema>

export const loadResultSchema = z.object({
  chats: z.number(),
  /** In the measured time. */
  deliveriesPerSecond: z.number(),
  /** From when a chat was due until each member had it. */
  p50Ms: z.number(),
  p99Ms: z.number(),
  lost: z.number(),
  reordered: z.number(),
})
export type LoadResult = z.infer<typeof loadResultSchema>

const drainMs = 15_000
const quietMs = 1_000
const filler = 'the quick brown fox jumps over the lazy dog, and then it does so again, and again'

if (import.meta.main) {
  const result = await generate(loadSchema.parse(await Bun.stdin.json()))
  console.log(JSON.stringify(result))
  process.exit(0)
}

async function generate(load: Load): Promise<LoadResult> {
  const { rooms, members, senders, seconds, pace } = load
  const run = `${process.pid}-${Date.now().toString(36)}`
  const latencies: number[] = []
  let deliveries = 0
  let inTime = 0
  let reordered = 0
  let sent = 0
  let acked = 0
  let startMs = Infinity
  let endMs = Infinity

  const say = (socket: WebSocket, roomId: string, dueMs: number): void => {
    sent += 1
    const message = `t${dueMs.toFixed(3)} ${filler}`
    socket.send(JSON.stringify({ type: 'chat', roomId, cid: `${run}-${sent}`, message }))
  }

  // The texts are not parsed: a thousand readers in one process would measure JSON.parse.
  const connect = (roomId: string, token: string): Promise<WebSocket> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(load.url)
      let last = 0
      socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'auth', token })))
      socket.addEventListener('close', ({ code, reason }) =>
        reject(new Error(`closed ${code} ${reason}`)),
      )
      socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
        if (data.startsWith('{"type":"chat"')) {
          const nowMs = performance.now()
          const seq = Number.parseInt(data.slice(data.indexOf('"seq":') + 6), 10)
          if (last !== 0 && seq !== last + 1) reordered += 1
          last = seq
          deliveries += 1
          if (nowMs <= endMs) inTime += 1
          const at = data.indexOf('"message":"t') + 12
          latencies.push(nowMs - Number.parseFloat(data.slice(at, at + 16)))
        } else if (data.startsWith('{"type":"ack"')) {
          acked += 1
          const nowMs = performance.now()
          if (pace.type === 'closed' && nowMs < endMs) say(socket, roomId, nowMs)
        } else if (data.startsWith('{"type":"hello"')) {
          socket.send(JSON.stringify({ type: 'join_room', roomId }))
        } else if (data.startsWith('{"type":"joined"')) {
          resolve(socket)
        } else if (data.startsWith('{"type":"error"')) {
          throw new Error(data)
        }
      })
    })

  const speakers: { socket: WebSocket; roomId: string }[] = []
  for (const [r, roomId] of rooms.entries()) {
    const joined = await Promise.all(
      Array.from({ length: members }, (_, m) =>
        connect(roomId, load.tokens[r * members + m] ?? ''),
      ),
    )
    for (const socket of joined.slice(0, senders)) speakers.push({ socket, roomId })
  }
  // The news of a thousand people coming online is over then.
  await Bun.sleep(quietMs)

  startMs = performance.now()
  endMs = startMs + seconds * 1_000
  if (pace.type === 'closed') {
    for (const { socket, roomId } of speakers) {
      for (let count = 0; count < pace.window; count += 1) say(socket, roomId, startMs)
    }
    await Bun.sleep(seconds * 1_000)
  } else {
    for (let nowMs = startMs; nowMs < endMs; nowMs = performance.now()) {
      while (sent < ((nowMs - startMs) / 1_000) * pace.perSecond) {
        const speaker = speakers[(sent * 7) % speakers.length]
        if (speaker) say(speaker.socket, speaker.roomId, startMs + (sent / pace.perSecond) * 1_000)
      }
      await Bun.sleep(1)
    }
  }
  const isDone = (): boolean => acked === sent && deliveries === sent * members
  for (const untilMs = performance.now() + drainMs; !isDone() && performance.now() < untilMs;) {
    await Bun.sleep(20)
  }
  return {
    chats: sent,
    deliveriesPerSecond: inTime / seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    lost: sent * members - deliveries,
    reordered,
  }
}
