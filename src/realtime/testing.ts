import type { Chat } from '../protocol/chats.ts'
import { AppError } from '../protocol/errors.ts'
import { serverFrameSchema, type ServerFrame } from '../protocol/frames.ts'
import type { User } from '../protocol/users.ts'
import { createHub } from './create-hub.ts'
import type { Hub, HubConnection, HubLimits } from './hub.ts'
import type { ChatLog, HubEvent, RoomReads, Socket, WriteOp, WriteResult } from './ports.ts'

/** Ids of tests: `id(7)` is readable in a failure. */
export const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

export const person = (n: number, name = `Person ${n}`): User => ({
  id: id(n),
  handle: name.toLowerCase().replaceAll(' ', '-'),
  name,
  avatarColor: n % 12,
})

export const noLimits: HubLimits = {
  chatsPerSecond: Number.POSITIVE_INFINITY,
  chatBurst: 20,
  socketsPerUser: Number.POSITIVE_INFINITY,
  anonymousSocketsPerIp: Number.POSITIVE_INFINITY,
  queueChats: 10_000,
  queueBytes: 8 * 1024 * 1024,
}

/**
 * The log as the contract has it, in memory: what the core's own tests run on. The real one passes
 * the store suite. A test may hold commits back, fail them, or lose their answer.
 */
export class MemoryLog implements ChatLog {
  readonly chats = new Map<string, Chat[]>()
  readonly heads = new Map<string, number>()
  readonly members = new Map<string, Set<string>>()
  commits: WriteOp[][] = []
  nowMs = () => 0
  #gate: Promise<void> | null = null
  #open = (): void => {}
  /** How the next commits end: `before` fails without storing, `after` stores and loses the answer. */
  failures: ('before' | 'after')[] = []

  hold(): void {
    this.#gate = new Promise((resolve) => {
      this.#open = resolve
    })
  }

  release(): void {
    this.#gate = null
    this.#open()
  }

  async commit(ops: WriteOp[]): Promise<WriteResult[]> {
    this.commits.push(ops)
    await this.#gate
    const failure = this.failures.shift()
    if (failure === 'before') throw new Error('connection lost')
    const results = ops.map((op) => this.#apply(op))
    if (failure === 'after') throw new Error('connection lost')
    return results
  }

  async changesAfter(roomId: string, after: number, limit: number) {
    const rows = (this.chats.get(roomId) ?? []).filter((chat) => chat.rev > after)
    rows.sort((a, b) => a.rev - b.rev)
    return { chats: structuredClone(rows.slice(0, limit)), head: this.heads.get(roomId) ?? 0 }
  }

  async newest(roomId: string, limit: number) {
    const rows = this.chats.get(roomId) ?? []
    return {
      chats: structuredClone(rows.slice(-limit)),
      head: this.heads.get(roomId) ?? 0,
      lastSeq: rows.length,
    }
  }

  #apply(op: WriteOp): WriteResult {
    const rows = this.chats.get(op.roomId)
    const author = op.kind === 'post' ? op.sender : op.actor
    if (!rows || !this.members.get(op.roomId)?.has(author.id)) {
      return { ok: false, error: { code: 'not_found', message: 'No such room' } }
    }
    const rev = (this.heads.get(op.roomId) ?? 0) + 1
    if (op.kind === 'edit') {
      const held = rows.find((chat) => chat.id === op.chatId)
      if (!held) return { ok: false, error: { code: 'not_found', message: 'No such chat' } }
      Object.assign(held, { rev, message: op.message ?? '' })
      this.heads.set(op.roomId, rev)
      return { ok: true, chats: [structuredClone(held)] }
    }
    if (op.kind === 'room') {
      if (op.change.type !== 'remove') throw new Error('only removal is played here')
      this.members.get(op.roomId)?.delete(op.change.userId)
      return { ok: true, chats: [], gone: { userId: op.change.userId, reason: 'removed' } }
    }
    const dup = [...this.chats.values()]
      .flat()
      .find((chat) => chat.sender.id === op.sender.id && chat.cid === op.cid)
    if (dup && (dup.roomId !== op.roomId || dup.message !== op.message)) {
      return { ok: false, error: { code: 'cid_conflict', message: 'This cid is of another chat' } }
    }
    if (dup) return { ok: true, chats: [structuredClone(dup)], dup: true }
    const at = new Date(this.nowMs()).toISOString()
    const chat: Chat = {
      id: op.id,
      roomId: op.roomId,
      seq: rows.length + 1,
      rev,
      kind: 'text',
      sender: op.sender,
      cid: op.cid,
      message: op.message,
      event: null,
      mentions: [],
      createdAt: at,
      editedAt: null,
      deletedAt: null,
    }
    rows.push(chat)
    this.heads.set(op.roomId, rev)
    return { ok: true, chats: [structuredClone(chat)] }
  }
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

/** A hub with a clock that stands until it is moved, and rooms in memory. */
export class HubStage {
  readonly log = new MemoryLog()
  readonly sockets: TestSocket[] = []
  readonly events: HubEvent[] = []
  /** Runs after a read has looked, before it answers. */
  afterRead: () => Promise<void> = () => Promise.resolve()
  readonly saved: { userId: string; roomId: string; seq: number }[] = []
  readonly hub: Hub
  nowMs = Date.UTC(2026, 0, 1)
  tokenTtlMs = 600_000
  #ids = 1_000_000

  constructor(limits: Partial<HubLimits> = {}) {
    this.log.nowMs = () => this.nowMs
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
      saveReads: async (reads) => void this.saved.push(...reads),
    }
    this.hub = createHub(
      {
        clock: () => this.nowMs,
        newId: () => id(this.#ids++),
        epoch: 'epoch-1',
        verifyToken: async (token) => {
          const [n, session = '1'] = token.split('.')
          if (token === 'expired') throw new AppError('token_expired', 'The token has ended')
          if (!/^\d+$/.test(n ?? '')) throw new AppError('unauthenticated', 'No such token')
          return {
            user: person(Number(n)),
            sessionId: id(Number(n) * 100 + Number(session)),
            expiresAtMs: this.nowMs + this.tokenTtlMs,
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
        publish: (topic, text) => {
          for (const socket of this.sockets) if (socket.topics.has(topic)) socket.send(text)
        },
        report: (event) => void this.events.push(event),
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
    this.hub.tick()
    await this.settle()
  }
}
