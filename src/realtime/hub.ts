import type { Chat } from '../protocol/chats.ts'
import type { AppError } from '../protocol/errors.ts'
import type { ServerFrame } from '../protocol/frames.ts'
import type { MyRoom } from '../protocol/rooms.ts'
import type { PresenceStatus, User } from '../protocol/users.ts'
import type { EditOp, Identity, MarkOp, PostOp, RoomOp, Socket, WriteResult } from './ports.ts'
import type { NewestPage } from './room-tail.ts'

export interface PostRequest extends Pick<
  PostOp,
  'sender' | 'roomId' | 'message' | 'threadId' | 'inRoom' | 'replyToId' | 'fileIds'
> {
  /** Made by the server when the sender gives none. */
  cid?: string | undefined
}

/** What the upgrade request of a socket said. */
export interface ConnectRequest {
  /** Of `Authorization: Bearer` or `?token=`. */
  token?: string | undefined
  /** Of `?v=`; the newest when absent. */
  version?: number | undefined
  ip: string
}

/** What is told of a room to all who hear it, up to here. */
export interface RestingRoom {
  roomId: string
  head: number
  lastSeq: number
}

/** A connection whose socket stays open while the hub is not there. */
export interface RestingConnection {
  ip: string
  identity: Identity
  isAway: boolean
  roomIds: string[]
}

/** The live core of one node: what adapters and routes may ask of it. */
export interface Hub {
  /** Whether a socket of this address may open now; asked before the upgrade. */
  admit: (ip: string) => AppError | null
  connect: (socket: Socket, request: ConnectRequest) => HubConnection
  /** Stores a chat through the same queue as the socket's. Rejects with AppError. */
  post: (request: PostRequest) => Promise<{ chat: Chat; dup: boolean }>
  /** Edits (`message`) or deletes (null); null when nothing changed. Rejects with AppError. */
  edit: (op: Omit<EditOp, 'kind'>) => Promise<Chat | null>
  /** Sets something on a chat, or takes it off; the chat as it is then. Rejects with AppError. */
  mark: (op: Omit<MarkOp, 'kind'>) => Promise<Chat>
  /** Rejects with AppError. */
  changeRoom: (op: Omit<RoomOp, 'kind'>) => Promise<Extract<WriteResult, { ok: true }>>
  /** A room was made with these members: their connections hear of it, on every node. */
  roomCreated: (places: { userId: string; room: MyRoom }[]) => void
  /** Moves a member's read position forward and tells their connections. */
  markRead: (userId: string, roomId: string, seq: number) => Promise<void>
  /** Sets it to `seq`, also when it was past it. */
  markUnread: (userId: string, roomId: string, seq: number) => Promise<void>
  /** Tells every connection of one user, on every node. */
  tell: (userId: string, frame: ServerFrame) => void
  /**
   * The newest page from memory, if it is there, `userId` is known to
   * may read it, and no other node can have changed either; null otherwise.
   */
  pageFor: (roomId: string, userId: string) => NewestPage | null
  /** The newest page as of rev `since` or later; at `since` the caller found that `userId` may read it. */
  newestPage: (roomId: string, since: number, userId: string) => Promise<NewestPage>
  /** Everyone who is not offline. */
  presence: () => { userId: string; status: PresenceStatus }[]
  userUpdated: (user: User) => void
  /** Closes the session's sockets with 4006, on every node. */
  sessionRevoked: (sessionId: string) => void
  /** Time passes: call four times a second. */
  tick: () => void
  /**
   * Takes no more work, tells everyone to come back after up to `delayMs`, commits and acks what is
   * queued, then closes the sockets in waves over `spreadMs`. Needs `tick` to go on.
   */
  drain: (options: { delayMs: number; spreadMs: number }) => Promise<void>
  stats: () => HubStats
  /** Nothing came for so long, and nothing is under way: all that was stored was told. */
  isQuietFor: (ms: number) => boolean
  /** The rooms that are heard. While the hub is quiet, what it knows of them is this. */
  rest: () => RestingRoom[]
  /** The rooms of a hub that rested, before its connections. What was stored since is told to them. */
  resume: (rooms: RestingRoom[]) => void
  /**
   * A connection that was open when the hub rested; of one that closed since, `closed` is called when all
   * are restored.
   */
  restore: (socket: Socket, state: RestingConnection) => HubConnection
}

export interface HubStats {
  connections: number
  users: number
  rooms: number
  /** Writes that wait or are in flight. */
  queued: number
  isDraining: boolean
  /** There is a bus, and it does not work: other nodes hear later. */
  isDegraded: boolean
}

/** What the adapter calls when its socket does something. */
export interface HubConnection {
  receive: (data: string | Uint8Array) => void
  /** A pong, or anything else that shows that the other side lives. */
  alive: () => void
  closed: () => void
  /** For `restore`; null while it has no user. */
  resting: () => RestingConnection | null
}

/** Infinity means none. */
export interface HubLimits {
  chatsPerSecond: number
  chatBurst: number
  socketsPerUser: number
  anonymousSocketsPerIp: number
  queueChats: number
  queueBytes: number
}
