import type { Chat } from '../protocol/chats.ts'
import { AppError } from '../protocol/errors.ts'
import { serverFrameSchema, type ServerFrame } from '../protocol/frames.ts'
import type { Bus } from './bus.ts'
import { createHub } from './create-hub.ts'
import type { Hub, HubConnection, HubLimits } from './hub.ts'
import { id, MemoryLog, person } from './memory-log.ts'
import type { DatabaseLooks, HubEvent, RoomReads, Socket } from './ports.ts'
import { createSharedCounts } from './shared-counts.ts'

export { id, person } from './memory-log.ts'

export const noLimits: HubLimits = {
  chatsPerSecond: Number.POSITIVE_INFINITY,
  chatBurst: 20,
  socketsPerUser: Number.POSITIVE_INFINITY,
  anonymousSocketsPerIp: Number.POSITIVE_INFINITY,
  queueChats: 10_000,
  queueBytes: 8 * 1024 * 1024,
}

/** A socket that a test plays: what came is in `frames`. */
export class TestSocket implements Socket {
  readonly frames: ServerFrame[] = []
  readonly topics = new Set<string>()
  closed: number | null = null
  behind = 0
  pings = 0
  connection: HubConnection | null = null

  send(text: string): boolean {
    // Each frame that leaves the core is checked against the protocol.
    this.frames.push(serverFrameSchema.parse(JSON.parse(text)))
    return true
  }
  sendAll(texts: string[]): void {
    for (const text of texts) this.send(text)
  }
  subscribe(topic: string): void {
    this.topics.add(topic)
  }
  unsubscribe(topic: string): void {
    this.topics.delete(topic)
  }
  close(code: number): void {
    this.closed = code
    this.connection?.closed()
  }
  ping(): void {
    this.pings += 1
  }
  bufferedBytes(): number {
    return this.behind
  }

  say(frame: unknown): void {
    this.connection?.receive(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  of<T extends ServerFrame['type']>(type: T): Extract<ServerFrame, { type: T }>[] {
    return this.frames.filter(
      (frame): frame is Extract<ServerFrame, { type: T }> => frame.type === type,
    )
  }
}

interface StageOptions {
  /** Of another stage, for two nodes on one database. */
  log?: MemoryLog
  bus?: Bus
}

/** Each stage makes ids of its own. */
let stages = 0

/** A hub with a clock that stands until it is moved, and rooms in memory. */
export class HubStage {
  readonly log: MemoryLog
  readonly sockets: TestSocket[] = []
  readonly events: HubEvent[] = []
  #timers: { atMs: number; run: () => void }[] = []
  /** Runs after a read has looked, before it answers. */
  afterRead: () => Promise<void> = () => Promise.resolve()
  /** What the hub said it has stored. */
  readonly stored: Chat[] = []
  readonly saved: { userId: string; roomId: string; seq: number }[] = []
  readonly hub: Hub
  nowMs = Date.UTC(2026, 0, 1)
  tokenTtlMs = 600_000
  readonly looks: DatabaseLooks
  hasPeers = false
  /** By how much the system's clock was set. */
  clockSetMs = 0
  epoch = 'epoch-1'
  #ids = (stages += 1_000_000)

  constructor(limits: Partial<HubLimits> = {}, { log = new MemoryLog(), bus }: StageOptions = {}) {
    this.log = log
    this.log.nowMs = () => this.nowMs
    this.looks = {
      epoch: async () => this.epoch,
      hasPeers: async () => this.hasPeers,
      headsPast: async (heads) =>
        heads.flatMap(({ roomId, head }) => {
          const newest = this.log.heads.get(roomId) ?? 0
          return newest > head ? [{ roomId, head: newest }] : []
        }),
      endedOf: async (sessionIds) => sessionIds.filter((one) => this.log.ended.has(one)),
      newPlaces: async (userIds) =>
        this.log.places.filter(({ userId }) => userIds.includes(userId)),
    }
    const rooms: RoomReads = {
      places: async (userId, roomIds) => {
        const places = roomIds
          .filter((roomId) => this.log.members.get(roomId)?.has(userId))
          .map((roomId) => ({
            roomId,
            role: 'member' as const,
            head: this.log.heads.get(roomId) ?? 0,
            lastSeq: this.log.chats.get(roomId)?.length ?? 0,
            readSeq: 0,
          }))
        await this.afterRead()
        return places
      },
      refusal: async () => new AppError('not_found', 'No such room'),
      mine: async (userId, roomId) =>
        this.log.members.get(roomId)?.has(userId)
          ? {
              ...this.log.room(roomId),
              role: 'member',
              readSeq: 0,
              unread: 0,
              mentionSeqs: [],
              preferences: { notify: null, muted: false },
              people: [],
            }
          : null,
      room: async (roomId) => this.log.room(roomId),
      saveReads: async (reads) => void this.saved.push(...reads),
      moveReadBack: async (userId, roomId, seq) => void this.saved.push({ userId, roomId, seq }),
    }
    this.hub = createHub(
      {
        clock: () => this.nowMs,
        wallClock: () => this.nowMs + this.clockSetMs,
        timer: (ms, run) => void this.#timers.push({ atMs: this.nowMs + ms, run }),
        newId: () => id(this.#ids++),
        epoch: 'epoch-1',
        verifyToken: async (token) => {
          const [n, session = '1'] = token.split('.')
          if (token === 'expired') throw new AppError('token_expired', 'The token has ended')
          if (!/^\d+$/.test(n ?? '')) throw new AppError('unauthenticated', 'No such token')
          return {
            user: person(Number(n)),
            sessionId: id(Number(n) * 100 + Number(session)),
            expiresAtMs: this.nowMs + this.clockSetMs + this.tokenTtlMs,
          }
        },
        log: {
          commit: (ops) => this.log.commit(ops),
          newest: (roomId, limit) => this.log.newest(roomId, limit),
          changesAfter: async (roomId, after, limit) => {
            const changes = await this.log.changesAfter(roomId, after, limit)
            await this.afterRead()
            return changes
          },
        },
        rooms,
        looks: this.looks,
        bus: bus ?? null,
        counts: createSharedCounts(),
        publish: (topic, text) => {
          for (const socket of this.sockets) if (socket.topics.has(topic)) socket.send(text)
        },
        report: (event) => void this.events.push(event),
        onStored: (chats) => void this.stored.push(...chats),
      },
      { ...noLimits, ...limits },
    )
  }

  room(n: number, ...people: number[]): string {
    this.log.chats.set(id(n), [])
    this.log.heads.set(id(n), 0)
    this.log.members.set(id(n), new Set(people.map(id)))
    return id(n)
  }

  open(token?: string, ip = '127.0.0.1'): TestSocket {
    const socket = new TestSocket()
    this.sockets.push(socket)
    socket.connection = this.hub.connect(socket, { token, ip })
    return socket
  }

  /** A connection of person `n` that has said hello and joined `roomIds`. */
  async enter(n: number, ...roomIds: string[]): Promise<TestSocket> {
    const socket = this.open(String(n))
    for (const roomId of roomIds) socket.say({ type: 'join_room', roomId })
    await this.settle()
    return socket
  }

  /** Lets everything that waits for no clock run to its end. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
  }

  async pass(ms: number): Promise<void> {
    this.nowMs += ms
    const due = this.#timers.filter(({ atMs }) => atMs <= this.nowMs)
    this.#timers = this.#timers.filter(({ atMs }) => atMs > this.nowMs)
    for (const { run } of due) run()
    this.hub.tick()
    await this.settle()
  }
}
