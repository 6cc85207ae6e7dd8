import type { Preview } from '../protocol/chats.ts'
import { limits } from '../protocol/limits.ts'
import type { Link } from './link.ts'
import type { LiveRooms } from './live-rooms.ts'
import type { Clock, HubPorts, PostOp, WriteResult } from './ports.ts'
import type { Presence } from './presence.ts'
import type { WriteQueue } from './write-queue.ts'

interface PreviewsOptions {
  clock: Clock
  wallClock: Clock
  timer: HubPorts['timer']
  publish: HubPorts['publish']
  live: LiveRooms
  presence: Presence
  link: Link
  /** What waits for the database since before this time. */
  waitingSince: WriteQueue['waitingSince']
}

/** Previews of one other node that are remembered, to be withdrawn should it die. */
const farMax = 10_000

const nameOf = (op: PostOp): string => `${op.sender.id} ${op.cid}`

/**
 * Chats that wait for a slow database, shown to their rooms before they are stored (PV1 to PV4). Only
 * to rooms in which their sender is heard of here: nobody else's membership is known without asking
 * the database.
 */
export function createPreviews(options: PreviewsOptions) {
  const { clock, wallClock, timer, publish, live, presence, link, waitingSince } = options
  /** By sender and cid; a retry of what is shown already is not shown again. */
  const shown = new Map<string, { id: string; roomId: string }>()
  const shownIn = new Map<string, number>()
  const far = new Map<string, Map<string, string>>()
  let isArmed = false

  const countIn = (roomId: string, by: 1 | -1): void => {
    const count = (shownIn.get(roomId) ?? 0) + by
    if (count > 0) shownIn.set(roomId, count)
    else shownIn.delete(roomId)
  }

  const maySee = ({ roomId, sender }: PostOp): boolean => {
    const room = live.get(roomId)
    if (!room) return false
    for (const connection of presence.connectionsOf(sender.id)) {
      if (connection.rooms.has(room)) return true
    }
    return false
  }

  const show = (nowMs: number): void => {
    const fresh = new Map<string, Preview[]>()
    for (const { op, atMs } of waitingSince(nowMs - limits.previewAfterMs)) {
      if (op.kind !== 'post' || shown.has(nameOf(op))) continue
      if ((shownIn.get(op.roomId) ?? 0) >= limits.previewsPerRoom || !maySee(op)) continue
      const { id, roomId, sender, cid, message, threadId, inRoom } = op
      shown.set(nameOf(op), { id, roomId })
      countIn(roomId, 1)
      const preview = {
        id,
        sender,
        cid,
        message,
        ...(threadId !== undefined && { threadId }),
        ...(inRoom && { inRoom: true as const }),
        sentAt: new Date(wallClock() - (nowMs - atMs)).toISOString(),
      }
      const chats = fresh.get(roomId)
      if (chats) chats.push(preview)
      else fresh.set(roomId, [preview])
    }
    for (const [roomId, chats] of fresh) {
      publish(roomId, JSON.stringify({ type: 'preview', roomId, chats }))
      link.tell({ type: 'preview', roomId, chats })
    }
  }

  const look = (): void => {
    isArmed = false
    const nowMs = clock()
    show(nowMs)
    if (!waitingSince(nowMs).next().done) arm()
  }

  const arm = (): void => {
    if (isArmed) return
    isArmed = true
    timer(limits.previewAfterMs, look)
  }

  const withdraw = (roomId: string, ids: string[]): void => {
    publish(roomId, JSON.stringify({ type: 'preview_withdrawn', roomId, ids }))
  }

  const withdrawAll = (nodeId: string): void => {
    const rooms = new Map<string, string[]>()
    for (const [id, roomId] of far.get(nodeId) ?? []) {
      rooms.set(roomId, [...(rooms.get(roomId) ?? []), id])
    }
    far.delete(nodeId)
    for (const [roomId, ids] of rooms) withdraw(roomId, ids)
  }

  return {
    /** Something waits: looks at it when it may have waited too long. */
    arm,

    /** A post came to its end. The `chat` that went out confirms its preview; any other end withdraws it. */
    settled(op: PostOp, result: WriteResult): void {
      if (shown.size === 0) return
      const preview = shown.get(nameOf(op))
      if (!preview) return
      const isStored = result.ok && result.chats[0]?.id === preview.id
      // A retry of the chat that is shown: that one ends by itself.
      if (preview.id !== op.id && !isStored) return
      shown.delete(nameOf(op))
      countIn(preview.roomId, -1)
      if (isStored) return
      withdraw(preview.roomId, [preview.id])
      link.tell({ type: 'preview_withdrawn', roomId: preview.roomId, ids: [preview.id] })
    },

    /** Another node shows previews. */
    heard(from: string, roomId: string, chats: Preview[]): void {
      const theirs = far.get(from) ?? new Map<string, string>()
      far.set(from, theirs)
      for (const { id } of chats) if (theirs.size < farMax) theirs.set(id, roomId)
      publish(roomId, JSON.stringify({ type: 'preview', roomId, chats }))
    },

    heardWithdrawn(from: string, roomId: string, ids: string[]): void {
      for (const id of ids) far.get(from)?.delete(id)
      withdraw(roomId, ids)
    },

    /** Another node stored these. Whoever had the chat before its preview came is told of its end. */
    heardStored(from: string, chats: { id: string; roomId: string }[]): void {
      const theirs = far.get(from)
      if (!theirs || theirs.size === 0) return
      for (const { id, roomId } of chats) if (theirs.delete(id)) withdraw(roomId, [id])
    },

    /** A node died: what it had not stored by then comes from its senders again, or never. */
    gone: withdrawAll,

    /** News of other nodes was lost, of the end of their previews too: what is stored comes as a chat. */
    missed(): void {
      for (const nodeId of far.keys()) withdrawAll(nodeId)
    },
  }
}

export type Previews = ReturnType<typeof createPreviews>
