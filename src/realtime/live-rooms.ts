import type { Chat } from '../protocol/chats.ts'
import type { Connection } from './connection.ts'
import type { RestingRoom } from './hub.ts'
import type { ChatLog, Clock, HubEvent, HubPorts } from './ports.ts'
import { RoomTail, type NewestPage } from './room-tail.ts'

/** A room that this node knows of: who listens, and what was said last. */
export interface LiveRoom {
  id: string
  tail: RoomTail
  connections: Set<Connection>
  /** Reads of the log for this room, one after the other. */
  reading: Promise<unknown>
  /** False until the head is known. */
  isLoaded: boolean
  /** The newest rev that this node knows to be in the log; past `tail.head` it is yet to go out. */
  knownRev: number
  /** Chats ahead of their turn, by rev. Only a shortcut: what is not here is read from the log. */
  waiting: Map<number, Arrival>
  /** The log is being read for a hole. */
  isHealing: boolean
  /** Joins under way: the room is not forgotten meanwhile. */
  joiners: number
  /** Users who may read the room, as the database said at `readersRev` or later. */
  readers: Set<string>
  /** Of the last time someone went; what the database said of rights before is old. */
  readersRev: number
  usedAtMs: number
}

/** A committed chat on its way to its room. */
export interface Arrival {
  chat: Chat
  /** Committed by this node, which acts on it itself. */
  isOwn: boolean
}

interface LiveRoomsOptions {
  log: Pick<ChatLog, 'changesAfter' | 'newest'>
  publish: HubPorts['publish']
  clock: Clock
  report: (event: HubEvent) => void
  /** Called before a system chat of another node goes out: it may put someone out of the room. */
  onFar: (chat: Chat) => void
}

const resumeMax = 300
const pageMax = 50
const healMax = 500
const waitingMax = 500
/** A room that nobody hears is forgotten after this. */
const idleMs = 60_000
const sweepEachMs = 5_000

/** The in-memory room map. */
export function createLiveRooms({ log, publish, clock, report, onFar }: LiveRoomsOptions) {
  const rooms = new Map<string, LiveRoom>()
  /** Rooms whose hole could not be read. */
  const broken = new Set<LiveRoom>()
  let sweptAtMs = clock()

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
        isLoaded: false,
        knownRev: 0,
        waiting: new Map(),
        isHealing: false,
        joiners: 0,
        readers: new Set(),
        readersRev: 0,
        usedAtMs: clock(),
      }
      rooms.set(id, room)
    }
    room.usedAtMs = clock()
    return room
  }

  const send = (room: LiveRoom, { chat, isOwn }: Arrival): void => {
    if (!isOwn && chat.event) {
      room.readers.clear()
      room.readersRev = chat.rev
      onFar(chat)
    }
    const { json, isNew } = room.tail.apply(chat)
    publish(room.id, `{"type":"${isNew ? 'chat' : 'chat_updated'}","chat":${json}}`)
  }

  /** Reads for one room run one after the other, so that many who ask the same share the answer. */
  const inTurn = <T>(room: LiveRoom, read: () => Promise<T>): Promise<T> => {
    const turn = room.reading.then(read)
    room.reading = turn.catch(() => {})
    return turn
  }

  const sendFollowing = (room: LiveRoom): void => {
    for (;;) {
      const next = room.waiting.get(room.tail.head + 1)
      if (!next) break
      room.waiting.delete(next.chat.rev)
      send(room, next)
    }
    if (room.knownRev <= room.tail.head) room.waiting.clear()
  }

  /** Reads what is missing until everything known is out. False when the log has no more. */
  const readOn = async (room: LiveRoom): Promise<boolean> => {
    const after = room.tail.head
    const { chats, head } = await log.changesAfter(room.id, after, healMax)
    for (const chat of chats) {
      if (chat.rev <= room.tail.head) continue
      send(room, { chat, isOwn: room.waiting.get(chat.rev)?.isOwn ?? false })
    }
    // A rev whose chat changed again has no row of its own: all up to the head was read.
    if (chats.length < healMax) room.tail.skipTo(head)
    sendFollowing(room)
    return room.tail.head > after
  }

  const heal = async (room: LiveRoom): Promise<void> => {
    if (room.isHealing) return
    room.isHealing = true
    broken.delete(room)
    try {
      let isMore = true
      while (isMore) isMore = (await readOn(room)) && room.tail.head < room.knownRev
      // The log does not have what was told of: another life of the database.
      if (room.tail.head < room.knownRev) room.knownRev = room.tail.head
    } catch (error) {
      report({ type: 'read_failed', error })
      broken.add(room)
    } finally {
      room.isHealing = false
    }
  }

  /** Sends what follows directly; what is left shows a hole, and the log is read. */
  const advance = (room: LiveRoom): void => {
    if (!room.isLoaded || room.isHealing) return
    sendFollowing(room)
    if (room.tail.head < room.knownRev) void heal(room)
  }

  /** The room's head as the database has it; what this node knows already is newer. */
  const load = (room: LiveRoom, head: number, lastSeq: number): void => {
    if (room.isLoaded) return
    room.isLoaded = true
    room.readersRev = head
    room.tail = new RoomTail(head, lastSeq)
    advance(room)
  }

  const readNewest = async (id: string, since: number): Promise<NewestPage> => {
    const pageIn = (room: LiveRoom | undefined): NewestPage | null =>
      room?.isLoaded && room.tail.head >= since ? room.tail.page() : null
    const warm = pageIn(rooms.get(id))
    if (warm) return warm
    const room = open(id)
    return inTurn(room, async () => {
      const loaded = pageIn(room)
      if (loaded) return loaded
      const { chats, head, lastSeq } = await log.newest(id, pageMax)
      load(room, head, lastSeq)
      room.tail.setPage(chats, head)
      return room.tail.page() ?? pageOf(chats)
    })
  }

  /** Forgets rooms that nobody hears. */
  const sweep = (nowMs: number): void => {
    sweptAtMs = nowMs
    for (const [id, room] of rooms) {
      if (room.connections.size + room.joiners > 0 || nowMs - room.usedAtMs <= idleMs) continue
      rooms.delete(id)
      broken.delete(room)
    }
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
    deliver(chat: Chat, isOwn: boolean): void {
      const room = rooms.get(chat.roomId)
      if (!room || (room.isLoaded && chat.rev <= room.tail.head)) return
      if (room.isLoaded && !room.isHealing && chat.rev === room.tail.head + 1) {
        send(room, { chat, isOwn })
        room.knownRev = Math.max(room.knownRev, chat.rev)
        if (room.waiting.size > 0) advance(room)
        return
      }
      room.knownRev = Math.max(room.knownRev, chat.rev)
      if (room.waiting.size < waitingMax) room.waiting.set(chat.rev, { chat, isOwn })
      advance(room)
    },

    /** The log has this rev: what of it did not go out here is read. */
    known(roomId: string, head: number): void {
      const room = rooms.get(roomId)
      if (!room || head <= room.knownRev) return
      room.knownRev = head
      advance(room)
    },

    /** Reads whatever may have been missed. */
    async refresh(roomId: string): Promise<void> {
      const room = rooms.get(roomId)
      if (room?.isLoaded) await heal(room)
    },

    /** What went out of each room that someone hears. */
    heads(): { roomId: string; head: number }[] {
      const heads: { roomId: string; head: number }[] = []
      for (const room of rooms.values()) {
        if (room.isLoaded) heads.push({ roomId: room.id, head: room.tail.head })
      }
      return heads
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

    /** Someone went, by `rev` or before: what was said of their rights is no longer so. */
    forgetReader(id: string, userId: string, rev: number): void {
      const room = rooms.get(id)
      if (!room) return
      room.readers.delete(userId)
      room.readersRev = Math.max(room.readersRev, room.tail.head, rev)
    },

    /** The newest page, if it is in memory and this user is known to be one of its readers. */
    pageFor(id: string, userId: string): NewestPage | null {
      const room = rooms.get(id)
      if (!room?.isLoaded || !room.readers.has(userId)) return null
      room.usedAtMs = clock()
      return room.tail.page()
    },

    /** The newest page as of rev `since`, when `reader` was in the room, or later. */
    async newestPage(id: string, since: number, reader: string): Promise<NewestPage> {
      const page = await readNewest(id, since)
      const room = rooms.get(id)
      if (room?.isLoaded && since >= room.readersRev) room.readers.add(reader)
      return page
    },

    /** Nobody joins, and all that is known to be stored went out. */
    isSettled(): boolean {
      for (const room of rooms.values()) {
        const isOut = room.waiting.size === 0 && room.knownRev <= room.tail.head
        if (room.isHealing || room.joiners > 0 || (room.isLoaded && !isOut)) return false
      }
      return true
    },

    /** The rooms that someone hears, as far as they were told. */
    told(): RestingRoom[] {
      const told: RestingRoom[] = []
      for (const { id, tail, connections } of rooms.values()) {
        if (connections.size > 0) told.push({ roomId: id, head: tail.head, lastSeq: tail.lastSeq })
      }
      return told
    },

    /** Forgets every room: what is known of them is of a database that is no more. */
    clear(): void {
      rooms.clear()
      broken.clear()
    },

    tick(): void {
      const nowMs = clock()
      for (const room of broken) void heal(room)
      if (nowMs - sweptAtMs >= sweepEachMs) sweep(nowMs)
    },
  }
}

export type LiveRooms = ReturnType<typeof createLiveRooms>

const pageOf = (chats: Chat[]): NewestPage => ({
  text: JSON.stringify({ chats, hasBefore: (chats[0]?.seq ?? 1) > 1, hasAfter: false }),
})
