import type { Chat } from '../protocol/chats.ts'
import type { AppError, ErrorCode } from '../protocol/errors.ts'
import type { LinkPreview } from '../protocol/links.ts'
import type { MyRoom, Room, RoomRole } from '../protocol/rooms.ts'
import type { User } from '../protocol/users.ts'
import type { Bus } from './bus.ts'
import type { SharedCountsOfHub } from './shared-counts.ts'

/** What the live core needs from the world. Everything here is passed in; the core imports none of it. */
export interface HubPorts {
  /** For spans: passes evenly, also when the system's clock is set. */
  clock: Clock
  /** For dates. */
  wallClock: Clock
  /** Calls `run` once, after `ms`. */
  timer: (ms: number, run: () => void) => void
  newId: () => string
  /** Names one life of the database, as it was at the start. */
  epoch: string
  verifyToken: (token: string) => Promise<Identity>
  log: ChatLog
  rooms: RoomReads
  looks: DatabaseLooks
  /** What rings between several nodes; null for none. */
  bus: Bus | null
  /** Of the limits that hold over all nodes. */
  counts: SharedCountsOfHub
  /** Sends one text to every socket that subscribed to `topic`. */
  publish: (topic: string, text: string) => void
  report: (event: HubEvent) => void
  /** Chats that this node committed or found committed, once they went out. */
  onStored: (chats: Chat[]) => void
}

/** Milliseconds: of a wall clock since 1970, of a steady one since any moment. */
export type Clock = () => number

/** Who a valid access token speaks for. `expiresAtMs` on the wall clock. */
export interface Identity {
  user: User
  sessionId: string
  expiresAtMs: number
}

/** One WebSocket, as its adapter shows it. */
export interface Socket {
  /** False when the text was dropped because the reader is too far behind (the adapter closes it then). */
  send: (text: string) => boolean
  /** Several texts in order, in one write where the runtime can. */
  sendAll: (texts: string[]) => void
  subscribe: (topic: string) => void
  unsubscribe: (topic: string) => void
  close: (code: number, reason: string) => void
  /** Asks for a pong, where the runtime does not by itself. */
  ping: () => void
  /** Bytes that wait for a slow reader; typing and presence are not sent while there are any. */
  bufferedBytes: () => number
}

export interface PostOp {
  kind: 'post'
  id: string
  roomId: string
  sender: User
  cid: string
  message: string
  /** A reply in the thread of this chat, `inRoom` shown in the room as well. */
  threadId?: string | undefined
  inRoom?: boolean | undefined
  /** The chat that it quotes. */
  replyToId?: string | undefined
  /** Uploads that come with it. */
  fileIds?: string[] | undefined
  /** Of a post to `@here`: who is in the room and online. */
  hereIds?: string[] | undefined
}

export interface EditOp {
  kind: 'edit'
  roomId: string
  chatId: string
  actor: User
  /** Null deletes. */
  message: string | null
}

export type ChatMark =
  | { type: 'reaction'; emoji: string }
  | { type: 'pin' }
  /** What its links lead to; taken off, they stay off. */
  | { type: 'links'; links: LinkPreview[] }

/** Something set on a chat, or taken off it, by anyone in the room. */
export interface MarkOp {
  kind: 'mark'
  roomId: string
  chatId: string
  actor: User
  mark: ChatMark
  /** False takes it off. */
  on: boolean
}

export type RoomChange =
  | { type: 'join' }
  | { type: 'leave' }
  | { type: 'add'; userId: string }
  | { type: 'remove'; userId: string }
  | { type: 'role'; userId: string; role: RoomRole }
  | { type: 'update'; name?: string; topic?: string; archived?: boolean }

/** A change of a room or its members, told in the room as system chats. */
export interface RoomOp {
  kind: 'room'
  roomId: string
  actor: User
  change: RoomChange
}

export type WriteOp = PostOp | EditOp | MarkOp | RoomOp

/**
 * What became of a write. `chats` are the rows it left, each with its own rev, in order of rev;
 * none when nothing changed. A post has exactly one.
 */
export type WriteResult =
  | {
      ok: true
      chats: Chat[]
      /** The same (sender, cid) was stored before. */
      dup?: boolean
      /** The room after a `room` op, and who came or went by it. */
      room?: Room
      joined?: { userId: string; room: MyRoom }
      gone?: { userId: string; reason: 'left' | 'removed' }
    }
  | { ok: false; error: { code: ErrorCode; message: string } }

/** The log of chats: Postgres. */
export interface ChatLog {
  /**
   * Commits `ops` in order and answers for each. After a rejection the result is unknown: some,
   * all or none may be stored; `commit` again with the same ops finds what is there.
   */
  commit: (ops: WriteOp[]) => Promise<WriteResult[]>
  /** The current rows of chats with rev in (after, …], in order of rev, at most `limit`, and the head. */
  changesAfter: (
    roomId: string,
    after: number,
    limit: number,
  ) => Promise<{ chats: Chat[]; head: number }>
  /** The newest `limit` chats, oldest first, with the room's head as of the same snapshot. */
  newest: (
    roomId: string,
    limit: number,
  ) => Promise<{ chats: Chat[]; head: number; lastSeq: number }>
}

/** A member's place in a room. */
export interface Place {
  roomId: string
  role: RoomRole
  head: number
  lastSeq: number
  readSeq: number
}

export interface RoomReads {
  /** Where `userId` is a member, of the rooms named. Rooms they are not in are left out. */
  places: (userId: string, roomIds: string[]) => Promise<Place[]>
  /** Why `userId` is not in a room: `not_found`, or `not_member` when the room is public. */
  refusal: (userId: string, roomId: string) => Promise<AppError>
  /** The room as `userId` has it; null when they are not in it. */
  mine: (userId: string, roomId: string) => Promise<MyRoom | null>
  /** Null when there is none. */
  room: (roomId: string) => Promise<Room | null>
  /** Moves read positions forward, never back, never past the room's last seq. */
  saveReads: (reads: { userId: string; roomId: string; seq: number }[]) => Promise<void>
  /** Sets one to `seq`, also when it was past it. */
  moveReadBack: (userId: string, roomId: string, seq: number) => Promise<void>
}

/** What a node sees in the database of what other nodes did. */
export interface DatabaseLooks {
  /** Names this life of the database: another one after a restore or a failover. */
  epoch: () => Promise<string>
  /** Whether other nodes are connected to this database. */
  hasPeers: () => Promise<boolean>
  /** Of the rooms named, those whose head is past the one given, with their head. */
  headsPast: (
    heads: { roomId: string; head: number }[],
  ) => Promise<{ roomId: string; head: number }[]>
  /** Of the sessions named, those that were revoked. */
  endedOf: (sessionIds: string[]) => Promise<string[]>
  /** Places that these users took in the last `seconds`; `joinedAt` tells one from the next. */
  newPlaces: (
    userIds: string[],
    seconds: number,
  ) => Promise<{ userId: string; roomId: string; joinedAt: string }[]>
}

/** What an operator may want to log or count. Never chat text, never a token. */
export type HubEvent =
  | { type: 'commit'; ops: number; ms: number }
  | { type: 'commit_failed'; ops: number; error: unknown }
  | { type: 'read_failed'; error: unknown }
  | { type: 'settle_failed'; error: unknown }
  | { type: 'frame_failed'; error: unknown }
  | { type: 'bus_up' | 'bus_down' }
  | { type: 'epoch_changed'; epoch: string }
  | { type: 'auth_failed'; code: ErrorCode; ip: string }
