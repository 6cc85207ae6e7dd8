import type { Chat } from '../protocol/chats.ts'
import type { Connection } from './connection.ts'
import type { ChatLog, Clock, HubEvent, HubPorts } from './ports.ts'
import { RoomTail } from './room-tail.ts'

/** A room that this node knows of: who listens, and what was said last. */
export interface LiveRoom {
  id: string
  tail: RoomTail
  connections: Set<Connection>
  /** Reads of the log for this room, one after the other. */
  reading: Promise<unknown>
  /** What was committed while the log is being read for this room's head or for a hole; null otherwise. */
  pending: Chat[] | null
  /** False until the head is known. */
  isLoaded: boolean
  /** Joins under way: the room is not forgotten meanwhile. */
  joiners: number
  usedAtMs: number
}

interface LiveRoomsOptions {
  log: Pick<ChatLog, 'changesAfter' | 'newest'>
  publish: HubPorts['publish']
  clock: Clock
  report: (event: HubEvent) => void
}

const resumeMax = 300
const pageMax = 50
const healMax = 500
/** A room that nobody hears is forgotten after this. */
const idleMs = 60_000

/** The in-memory room map. */
export function createLiveRooms({ log, publish, clock, report }: LiveRoomsOptions) {
  const rooms = new Map<string, LiveRoom>()

  /**
   * The room, from before its head is read: a commit that returns during that read is kept and goes
   * out after it, so that nobody who joins misses it.
   */
  const open = (id: string): LiveRoom => {
    let room = rooms.get(id)
    if (!room) {
      room = {
        id,
        tail: new RoomTail(0, 0),
        connections: new Set(),
        reading: Promise.resolve(),
        pending: [],
        isLoaded: false,
        joiners: 0,
        usedAtMs: clock(),
      }
      rooms.set(id, room)
    }
    room.usedAtMs = clock()
    return room
  }

  const send = (room: LiveRoom, chat: Chat): void => {
    const { json, isNew } = room.tail.apply(chat)
    publish(room.id, `{"type":"${isNew ? 'chat' : 'chat_updated'}","chat":${json}}`)
  }

  /** Reads for one room run one after the other, so that many who ask the same share the answer. */
  const inTurn = <T>(room: LiveRoom, read: () => Promise<T>): Promise<T> => {
    const turn = room.reading.then(read)
    room.reading = turn.catch(() => {})
    return turn
  }

  const sendPending = (room: LiveRoom): void => {
    const chats = room.pending ?? []
    room.pending = null
    for (const chat of chats) if (chat.rev > room.tail.head) send(room, chat)
  }

  /** The room's head as the database has it; what this node knows already is newer. */
  const load = (room: LiveRoom, head: number, lastSeq: number): void => {
    if (room.isLoaded) return
    room.isLoaded = true
    room.tail = new RoomTail(head, lastSeq)
    sendPending(room)
  }

  const heal = async (room: LiveRoom): Promise<void> => {
    try {
      const { chats } = await log.changesAfter(room.id, room.tail.head, healMax)
      for (const chat of chats) if (chat.rev > room.tail.head) send(room, chat)
    } catch (error) {
      report({ type: 'read_failed', error })
    }
    sendPending(room)
  }

  return {
    get: (id: string): LiveRoom | undefined => rooms.get(id),
    open,
    load,
    size: () => rooms.size,

    /**
     * Sends a committed chat to its room, by rev (FO2): the next goes out, what went out before is
     * dropped, and on a hole the log is read.
     */
    deliver(chat: Chat): void {
      const room = rooms.get(chat.roomId)
      if (!room) return
      if (room.pending) {
        room.pending.push(chat)
      } else if (chat.rev === room.tail.head + 1) {
        send(room, chat)
      } else if (chat.rev > room.tail.head) {
        room.pending = [chat]
        void heal(room)
      }
    },

    /** Reads back to `rev`, so that the tail remembers what changed since, unless that is too much. */
    async remember(room: LiveRoom, rev: number): Promise<void> {
      if (room.tail.since(rev)) return
      await inTurn(room, async () => {
        if (room.tail.since(rev)) return
        const { chats } = await log.changesAfter(room.id, rev, resumeMax + 1)
        if (chats.length <= resumeMax) room.tail.remember(rev, chats)
      })
    },

    async newestPage(id: string): Promise<string> {
      const warm = rooms.get(id)
      const text = warm?.isLoaded ? warm.tail.page() : null
      if (text) return text
      const room = open(id)
      return inTurn(room, async () => {
        const loaded = room.tail.page()
        if (room.isLoaded && loaded) return loaded
        const { chats, head, lastSeq } = await log.newest(id, pageMax)
        load(room, head, lastSeq)
        room.tail.setPage(chats, head)
        return room.tail.page() ?? pageOf(chats)
      })
    },

    /** Forgets rooms that nobody hears. */
    sweep(): void {
      const nowMs = clock()
      for (const [id, room] of rooms) {
        if (room.connections.size + room.joiners === 0 && nowMs - room.usedAtMs > idleMs) {
          rooms.delete(id)
        }
      }
    },
  }
}

export type LiveRooms = ReturnType<typeof createLiveRooms>

const pageOf = (chats: Chat[]): string =>
  JSON.stringify({ chats, hasBefore: (chats[0]?.seq ?? 1) > 1, hasAfter: false })
