import type { Accessor } from 'solid-js'
import type { OutboxEntry } from '../../src/client/outbox.ts'
import type { Chat, ChatLinks, Preview } from '../../src/protocol/chats.ts'
import type { RoomNews } from '../../src/client/room-view.ts'
import type { ServerFrame } from '../../src/protocol/frames.ts'
import type { MyRoom, Room } from '../../src/protocol/rooms.ts'
import type { PresenceStatus, User } from '../../src/protocol/users.ts'
import type { ApiError } from '../api-error.ts'
import type { GoneRoom } from './gone-rooms.ts'

export type { GoneRoom, OutboxEntry }

/**
 * `connecting`: a try is under way. `online`: connected and up to date. `waiting`: the next try is at
 * `retryAt`. `offline`: the browser says that there is no network. `stopped`: the server does not
 * want this client back; only a reload helps (`too_many`: too many tabs, `outdated`: a newer client
 * is needed). `since` is when the line was last good, or the page opened.
 */
export type LineStatus =
  | { state: 'online' }
  | { state: 'connecting'; since: number }
  | { state: 'waiting'; since: number; retryAt: number }
  | { state: 'offline'; since: number }
  | { state: 'stopped'; since: number; why: 'too_many' | 'outdated' }

/** Everything that is live, for one signed-in user. All reads are reactive. */
export interface Live {
  /** The signed-in user as others see them, kept up to date. */
  me: Accessor<User>
  /** The state of the connection. */
  line: Accessor<LineStatus>
  /** Connects now instead of at `retryAt`. */
  tryNow: () => void
  /** My rooms are loaded (they stay so while the line is down). */
  ready: Accessor<boolean>
  /** Why my rooms could not be loaded yet; it tries again by itself with the connection. */
  error: Accessor<ApiError | null>

  /** My rooms, archived ones too, in no order (see `sectionsOf`). Each object is replaced on change. */
  rooms: Accessor<readonly MyRoom[]>
  /** One of my rooms by id. */
  room: (id: string) => MyRoom | undefined
  /** One of my rooms by its slug. */
  roomBySlug: (slug: string) => MyRoom | undefined
  /** A room that went while this page was open, by its slug or id. */
  goneRoom: (address: string) => GoneRoom | undefined
  /** A room that a REST answer gave me: joined, created, direct. Shown and heard at once; `room_added` may come too. */
  addRoom: (room: MyRoom) => void
  /** What a REST answer said about a room of mine (`room_updated` may come too). */
  updateRoom: (room: Room) => void
  /** I left: it goes at once. */
  removeRoom: (id: string) => void

  /** A user as seen last anywhere, or what is given. */
  user: (known: User) => User
  /** A user by id, if any room, chat or list showed them. */
  userById: (id: string) => User | undefined
  /** A user by handle, if anything showed them. */
  userByHandle: (handle: string) => User | undefined
  /** Takes in users that a REST answer showed. */
  learnUsers: (users: readonly User[]) => void
  /** Whether someone is here. */
  presence: (userId: string) => PresenceStatus
  /** Who types in a room now, me not among them. */
  typing: (roomId: string) => readonly User[]
  /** Tells the room that I type; call it on each input. */
  startTyping: (roomId: string) => void

  /** I have read up to `seq` (to the end without it); told to the server, coalesced. */
  markRead: (roomId: string, seq?: number) => void
  /** Marks every room read, here at once; null when none is unread. */
  markAllRead: () => AllRead | null
  /** Whether the room holds text of mine that is not sent. */
  hasDraft: (roomId: string) => boolean
  /** Whether the room, or a thread of it, does. */
  hasDraftIn: (roomId: string) => boolean
  /** That text, or ''. Not reactive to other tabs. */
  draft: (roomId: string) => string
  /** Keeps it, also over a reload; '' forgets it. */
  setDraft: (roomId: string, text: string) => void

  /** Queues a chat; it is shown at once and sent when the line allows. */
  send: (roomId: string, message: string, links?: ChatLinks) => void
  /** Sends a failed chat again. */
  retry: (cid: string) => void
  /** Forgets a chat that is waiting or failed. */
  discard: (cid: string) => void
  /** Edits a chat. @throws ApiError */
  edit: (chat: Chat, message: string) => Promise<void>
  /** Deletes a chat. @throws ApiError */
  deleteChat: (chat: Chat) => Promise<void>
  /** How many of my chats failed, by room: for a mark in the sidebar. */
  failedIn: (roomId: string) => number

  /** The loaded part of a room's history. */
  timeline: (roomId: string) => Timeline

  /** Puts a room back to unread from `seq` on. @throws ApiError */
  markUnread: (roomId: string, seq: number) => Promise<void>
  /** A row of a chat that a REST answer told of: shown at once, ahead of its frame. */
  showChat: (chat: Chat) => void
  /** Hears frames of one type, until the owner is disposed of; news of chats come by `onNews`. */
  on: <Type extends ServerFrame['type']>(
    type: Type,
    hear: (frame: Extract<ServerFrame, { type: Type }>) => void,
  ) => void
  /** Hears each new chat and each change of one, once, in every room of mine, until the owner is disposed of. */
  onNews: (hear: (news: RoomNews) => void) => void
}

/** All rooms marked read, as yet for the eye only: whichever is called first counts. */
export interface AllRead {
  /** How many rooms it was. */
  count: number
  /** Lets the server and my other tabs know. */
  tell: () => void
  undo: () => void
}

/** A window onto one room's history, and what of mine is on its way there. */
export interface Timeline {
  roomId: string
  /** The loaded chats: one unbroken run, oldest first. */
  chats: Accessor<readonly Chat[]>
  /** Mine that are not among `chats` yet, in order. */
  outgoing: Accessor<readonly OutboxEntry[]>
  /** What waits for the server's database, in order of arrival; mine is among `outgoing` too, if this tab sent it. */
  previews: Accessor<readonly Preview[]>
  /** `empty`: nothing loaded and nothing asked for. `error` only when there is nothing to show. */
  state: Accessor<'empty' | 'loading' | 'ready' | 'error'>
  error: Accessor<ApiError | null>
  hasBefore: Accessor<boolean>
  hasAfter: Accessor<boolean>
  /** Loading older, newer, or neither. */
  busy: Accessor<'older' | 'newer' | null>
  /** Loads what `openAt` needs: the end, or the page around a seq. Shows what is held at once. */
  open: (at: 'end' | number) => Promise<void>
  loadOlder: () => Promise<void>
  loadNewer: () => Promise<void>
  /** The view is at this seq: what is far from it may be let go, when the window is large. */
  keepAround: (seq: number) => void
  /** Nobody looks any more: only the newest page is kept. */
  close: () => void
}
