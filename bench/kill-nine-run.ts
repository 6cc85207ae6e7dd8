import { type Client, call, createClient } from '../src/client.ts'
import { openDatabase } from '../src/db/open.ts'
import { type ClientLog, type Findings, type StoredChat, byRoom, check } from './checker.ts'
import { quantile, seeded } from './report.ts'
import { type ServerProcess, createServerProcess, populate } from './server-process.ts'

export interface KillNineOptions {
  clients: number
  rooms: number
  /** Chats of a client and room on the wire at once. */
  window: number
  kills: number
  seed: number
  /** The longest that a server lives. */
  lifeMs: number
  onKill?: (count: number) => void
}

export interface KillNineFigures extends Findings {
  kills: number
  sends: number
  acks: number
  /** From the moment the server is up again until a client is, in milliseconds. */
  recoveryP50Ms: number
  recoveryP99Ms: number
}

interface Talker {
  client: Client
  log: ClientLog
  /** Ends when it was told to stop and everything it sent is acked. */
  talk: Promise<unknown>
}

const quietMs = 60_000

/** Kills the server while clients send, starts it again, and compares what they saw with the log. */
export async function runKillNine(options: KillNineOptions): Promise<KillNineFigures> {
  const { clients, rooms, window, kills, seed, lifeMs, onKill } = options
  const random = seeded(seed)
  const server = await createServerProcess()
  const talkers: Talker[] = []
  const recoveries: number[] = []
  const run = { isOver: false }
  let upAtMs = 0
  let tick = 0
  try {
    const world = { users: clients, rooms, members: clients, chats: 0 }
    const tokens = await populate(server.dataDir, world)
    await server.start()
    for (const accessToken of tokens) {
      const client = createClient({ url: server.url, accessToken, keep: Infinity, window })
      const roomIds = await roomsOf(client)
      const log = await listen(client, roomIds)
      client.live.on('status', ({ state }) => {
        if (state === 'online') recoveries.push(performance.now() - upAtMs)
      })
      const talk = Promise.all(
        roomIds.map(async (roomId) => {
          for (let count = 1; !run.isOver; count += window) {
            await Promise.all(
              Array.from({ length: window }, async (_, at) => {
                const cid = `${roomId}-${count + at}`
                const message = `${cid} of ${log.userId}`
                log.sends.push({ tick: (tick += 1), roomId, cid, message })
                const { id, seq } = await client.live.send(roomId, message, { cid })
                log.acks.push({ tick: (tick += 1), roomId, cid, id, seq })
              }),
            )
            await Bun.sleep(random() * 300)
          }
        }),
      )
      talkers.push({ client, log, talk })
    }
    for (let count = 1; count <= kills; count += 1) {
      await Bun.sleep(100 + random() * lifeMs)
      await server.kill()
      onKill?.(count)
      await server.start()
      upAtMs = performance.now()
    }
    await Bun.sleep(100 + random() * lifeMs)
    run.isOver = true
    await within(quietMs, Promise.all(talkers.map(({ talk }) => talk)))
    const stored = await readLog(server)
    for (const talker of talkers) await catchUp(talker, stored)
    const logs = talkers.map(({ log }) => log)
    return {
      kills,
      sends: logs.reduce((sum, { sends }) => sum + sends.length, 0),
      acks: logs.reduce((sum, { acks }) => sum + acks.length, 0),
      ...check(logs, stored),
      recoveryP50Ms: quantile(recoveries, 0.5),
      recoveryP99Ms: quantile(recoveries, 0.99),
    }
  } finally {
    for (const { client, talk } of talkers) {
      client.close()
      // Its sends are told that there is no connection any more.
      talk.catch(() => {})
    }
    await server.stop()
  }
}

const within = async (ms: number, work: Promise<unknown>): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('Some sends were never acked')), ms)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const roomsOf = async (client: Client): Promise<string[]> => {
  const { rooms } = await call(client.api.rooms.$get())
  return rooms.map(({ id }) => id)
}

const listen = async ({ live }: Client, roomIds: string[]): Promise<ClientLog> => {
  const log: ClientLog = { userId: '', sends: [], acks: [], told: [], views: new Map() }
  live.on('hello', ({ user }) => {
    log.userId = user.id
  })
  live.on('chat', ({ roomId, id, seq, message }) => log.told.push({ roomId, id, seq, message }))
  // From the very beginning, so that the whole room can be compared.
  await Promise.all(roomIds.map((roomId) => live.join(roomId, { head: 0, lastSeq: 0 })))
  return log
}

/** Waits until the client has seen the newest chat of each room, or for too long; then takes its views. */
const catchUp = async ({ client, log }: Talker, stored: StoredChat[]): Promise<void> => {
  const rooms = byRoom(stored)
  const isThere = (): boolean =>
    [...rooms].every(([roomId, chats]) => client.live.view(roomId)?.lastSeq === chats.length)
  for (const untilMs = performance.now() + 15_000; !isThere() && performance.now() < untilMs;) {
    await Bun.sleep(20)
  }
  for (const roomId of rooms.keys()) {
    log.views.set(roomId, client.live.view(roomId)?.chats.map(({ id }) => id) ?? [])
  }
}

const readLog = async ({ dataDir }: ServerProcess): Promise<StoredChat[]> => {
  const database = await openDatabase({ dataDir, pool: 1 })
  try {
    return await database.sql<StoredChat[]>`
      select id, room_id as "roomId", seq::int, sender_id as "senderId", cid, message from chats`
  } finally {
    await database.close()
  }
}
