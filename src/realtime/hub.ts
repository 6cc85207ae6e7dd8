import type { Chat } from '../protocol/chats.ts'
import type { PresenceStatus, User } from '../protocol/users.ts'
import type { MyRoom, Room } from '../protocol/rooms.ts'
import type { EditOp, RoomOp, Socket, WriteResult } from './ports.ts'

export interface PostRequest {
  sender: User
  roomId: string
  message: string
  /** Made by the server when the sender gives none. */
  cid?: string | undefined
}

/** The live core of one node: what adapters and routes may ask of it. */
export interface Hub {
  /** A socket opened. `token` from the upgrade request, if it carried one. */
  connect: (
    socket: Socket,
    request: { token?: string | undefined; version?: number | undefined; ip: string },
  ) => HubConnection
  /** Stores a chat through the same queue as the socket's. Rejects with AppError. */
  post: (request: PostRequest) => Promise<{ chat: Chat; dup: boolean }>
  /** Edits (`message`) or deletes (`null`). Rejects with AppError. */
  edit: (op: Omit<EditOp, 'kind'>) => Promise<Chat | null>
  changeRoom: (op: Omit<RoomOp, 'kind'>) => Promise<Extract<WriteResult, { ok: true }>>
  /** A room was made with these members: their connections hear of it. */
  roomCreated: (rooms: { userId: string; room: MyRoom }[]) => void
  roomUpdated: (room: Room) => void
  markRead: (userId: string, roomId: string, seq: number) => Promise<void>
  /** The newest page as JSON text of `HistoryPage`, from memory where the room is warm. */
  newestPage: (roomId: string) => Promise<string>
  presence: () => { userId: string; status: PresenceStatus }[]
  userUpdated: (user: User) => void
  /** Closes the session's sockets with 4006. */
  sessionRevoked: (sessionId: string) => void
  /** Time passes: call at least each second. */
  tick: () => void
  /** Answers when everything queued is committed and acked; sockets are told and then closed in waves. */
  drain: (options: { delayMs: number; withinMs: number }) => Promise<void>
  stats: () => {
    connections: number
    users: number
    rooms: number
    queued: number
    draining: boolean
  }
}

/** What the adapter calls when its socket does something. */
export interface HubConnection {
  receive: (data: string | Uint8Array) => void
  /** A pong, or anything else that shows that the other side lives. */
  alive: () => void
  closed: (code: number) => void
}
