import type { Chat, SystemEvent } from '../protocol/chats.ts'
import type { Room } from '../protocol/rooms.ts'
import type { User } from '../protocol/users.ts'
import type { ChatLog, RoomOp, WriteOp, WriteResult } from './ports.ts'

/** Ids of tests: `id(7)` is readable in a failure. */
export const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

export const person = (n: number, name = `Person ${n}`): User => ({
  id: id(n),
  handle: name.toLowerCase().replaceAll(' ', '-'),
  name,
  avatarColor: n % 12,
})

/**
 * The log as the contract has it, in memory: what the core's own tests run on. The real one passes
 * the store suite. A test may hold commits back, fail them, or lose their answer.
 */
export class MemoryLog implements ChatLog {
  readonly chats = new Map<string, Chat[]>()
  readonly heads = new Map<string, number>()
  readonly members = new Map<string, Set<string>>()
  readonly ended = new Set<string>()
  readonly places: { userId: string; roomId: string; joinedAt: string }[] = []
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
    if (op.kind === 'room') return this.#change(op, rows, rev)
    if (op.kind === 'mark') throw new Error('not played here')
    const dup = [...this.chats.values()]
      .flat()
      .find((chat) => chat.sender.id === op.sender.id && chat.cid === op.cid)
    if (dup && (dup.roomId !== op.roomId || dup.message !== op.message)) {
      return { ok: false, error: { code: 'cid_conflict', message: 'This cid is of another chat' } }
    }
    if (dup) return { ok: true, chats: [structuredClone(dup)], dup: true }
    const { id: chatId, roomId, sender, cid, message } = op
    const chat = this.#store(roomId, { id: chatId, rev, kind: 'text', sender, cid, message })
    return { ok: true, chats: [chat] }
  }

  #change({ roomId, actor, change }: RoomOp, rows: Chat[], rev: number): WriteResult {
    if (change.type !== 'remove' && change.type !== 'add') throw new Error('not played here')
    const { userId } = change
    const user = person(Number(userId.slice(-12)))
    const isAdd = change.type === 'add'
    if (isAdd) this.members.get(roomId)?.add(userId)
    else this.members.get(roomId)?.delete(userId)
    if (isAdd) this.places.push({ userId, roomId, joinedAt: `${this.places.length}` })
    const event: SystemEvent = { type: isAdd ? 'added' : 'removed', user }
    const chat = this.#store(roomId, { id: id(rows.length + 500_000), rev, sender: actor, event })
    return {
      ok: true,
      chats: [chat],
      room: this.room(roomId),
      ...(!isAdd && { gone: { userId, reason: 'removed' as const } }),
    }
  }

  #store(roomId: string, chat: Pick<Chat, 'id' | 'rev' | 'sender'> & Partial<Chat>): Chat {
    const rows = this.chats.get(roomId) ?? []
    const stored: Chat = {
      roomId,
      seq: rows.length + 1,
      kind: 'system',
      cid: `system:${chat.id}`,
      message: '',
      event: null,
      mentions: [],
      createdAt: new Date(this.nowMs()).toISOString(),
      editedAt: null,
      deletedAt: null,
      ...chat,
    }
    rows.push(stored)
    this.heads.set(roomId, chat.rev)
    return structuredClone(stored)
  }

  room(roomId: string): Room {
    const lastSeq = this.chats.get(roomId)?.length ?? 0
    return {
      id: roomId,
      kind: 'private',
      slug: roomId,
      name: roomId,
      topic: '',
      head: this.heads.get(roomId) ?? 0,
      lastSeq,
      lastMainSeq: lastSeq,
      memberCount: this.members.get(roomId)?.size ?? 0,
      createdAt: new Date(0).toISOString(),
      archivedAt: null,
      lastChatAt: null,
    }
  }
}
