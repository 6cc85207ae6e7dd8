import type { CloseCode } from '../protocol/close-codes.ts'
import type { AppError } from '../protocol/errors.ts'
import type { ServerFrame } from '../protocol/frames.ts'
import type { LiveRoom } from './live-rooms.ts'
import type { Identity, Socket } from './ports.ts'

/** One WebSocket of a session, from its upgrade to its close. */
export class Connection {
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
  readonly rooms = new Set<LiveRoom>()
  /** Joins under way; taken out by whatever ends them early. */
  readonly joining = new Map<string, symbol>()

  #kept: string[] = []

  constructor(socket: Socket, ip: string, nowMs: number) {
    this.socket = socket
    this.ip = ip
    this.openedAtMs = nowMs
    this.aliveAtMs = nowMs
    this.pingedAtMs = nowMs
  }

  send(text: string): void {
    if (this.isOpen) this.socket.send(text)
  }

  reply(frame: ServerFrame): void {
    this.send(JSON.stringify(frame))
  }

  /** Like `reply`, but leaves with the others kept since, at `sendKept`; true for the first. */
  keep(frame: ServerFrame): boolean {
    return this.#kept.push(JSON.stringify(frame)) === 1
  }

  sendKept(): void {
    const texts = this.#kept
    this.#kept = []
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
