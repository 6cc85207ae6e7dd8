import type { CloseCode } from '../protocol/close-codes.ts'
import type { AppError } from '../protocol/errors.ts'
import type { ServerFrame } from '../protocol/frames.ts'
import type { HubConnection, RestingConnection } from './hub.ts'
import type { LiveRoom } from './live-rooms.ts'
import type { Clock, Identity, Socket } from './ports.ts'

/** What every connection of a hub does alike. */
export interface ConnectionCore {
  clock: Clock
  onText: (connection: Connection, data: string | Uint8Array) => void
  onClosed: (connection: Connection) => void
}

/** Shared by all that are in no room: with ten thousand idle ones an empty set each is megabytes. */
const noRooms: ReadonlySet<LiveRoom> = new Set()

/** One WebSocket of a session, from its upgrade to its close. */
export class Connection implements HubConnection {
  readonly socket: Socket
  readonly ip: string
  readonly openedAtMs: number
  aliveAtMs: number
  pingedAtMs: number
  identity: Identity | null = null
  /** Frames that came while a token was being verified, in order; null when none is. */
  held: (string | Uint8Array)[] | null = null
  isOpen = true
  isAway = false
  /** Format errors in a row. */
  errors = 0
  noticedExpiry = false

  readonly #core: ConnectionCore
  #rooms: Set<LiveRoom> | null = null
  /** Joins under way; taken out by whatever ends them early. */
  #joining: Map<string, symbol> | null = null
  #kept: string[] | null = null

  constructor(core: ConnectionCore, socket: Socket, ip: string) {
    const nowMs = core.clock()
    this.#core = core
    this.socket = socket
    this.ip = ip
    this.openedAtMs = nowMs
    this.aliveAtMs = nowMs
    this.pingedAtMs = nowMs
  }

  receive(data: string | Uint8Array): void {
    this.alive()
    if (this.isOpen) this.#core.onText(this, data)
  }

  alive(): void {
    this.aliveAtMs = this.#core.clock()
  }

  closed(): void {
    this.isOpen = false
    this.#joining = null
    for (const room of this.rooms) room.connections.delete(this)
    this.#rooms = null
    this.#core.onClosed(this)
  }

  resting(): RestingConnection | null {
    const { ip, identity, isAway } = this
    if (!identity || this.held) return null
    return { ip, identity, isAway, roomIds: Array.from(this.rooms, ({ id }) => id) }
  }

  get rooms(): ReadonlySet<LiveRoom> {
    return this.#rooms ?? noRooms
  }

  /** From now on it hears the room. */
  enter(room: LiveRoom): void {
    this.#rooms ??= new Set()
    this.#rooms.add(room)
    room.connections.add(this)
    this.socket.subscribe(room.id)
  }

  /** It hears the room no more, also where a join is under way. */
  exit(roomId: string): void {
    this.#joining?.delete(roomId)
    for (const room of this.rooms) {
      if (room.id !== roomId) continue
      this.#rooms?.delete(room)
      room.connections.delete(this)
      this.socket.unsubscribe(roomId)
    }
  }

  startJoin(roomId: string, ticket: symbol): void {
    this.#joining ??= new Map()
    this.#joining.set(roomId, ticket)
  }

  /** False when it left, or asked again, meanwhile. */
  isJoining(roomId: string, ticket: symbol): boolean {
    return this.#joining?.get(roomId) === ticket
  }

  endJoin(roomId: string, ticket: symbol): void {
    if (this.isJoining(roomId, ticket)) this.#joining?.delete(roomId)
  }

  send(text: string): void {
    if (this.isOpen) this.socket.send(text)
  }

  reply(frame: ServerFrame): void {
    this.send(JSON.stringify(frame))
  }

  /** Like `reply`, but leaves with the others kept since, at `sendKept`; true for the first. */
  keep(frame: ServerFrame): boolean {
    this.#kept ??= []
    return this.#kept.push(JSON.stringify(frame)) === 1
  }

  sendKept(): void {
    const texts = this.#kept ?? []
    this.#kept = null
    const [only] = texts
    if (!this.isOpen || only === undefined) return
    if (texts.length === 1) this.socket.send(only)
    else this.socket.sendAll(texts)
  }

  replyError(error: AppError, about: { cid?: string | undefined; roomId?: string } = {}): void {
    this.reply({ type: 'error', ...error.toJSON(), ...about })
  }

  /** Nothing is sent to it that it could do without. */
  get isBehind(): boolean {
    return this.socket.bufferedBytes() > 0
  }

  close({ code, reason }: CloseCode): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.socket.close(code, reason)
  }
}
