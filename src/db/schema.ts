import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { NotifyLevel, RoomKind, RoomRole } from '../protocol/rooms.ts'
import type { Chat, SystemEvent } from '../protocol/chats.ts'
import type { File } from '../protocol/files.ts'
import type { LinkPreview } from '../protocol/links.ts'
import type { UserSettings } from '../protocol/settings.ts'

/**
 * What few chats have. Reactions are kept with everyone who set them; the wire shows the first of them.
 */
export type ChatExtras = Pick<Chat, 'thread' | 'pinned' | 'files' | 'links' | 'everyone'> & {
  reactions?: { emoji: string; userIds: string[] }[]
  /** The author took the previews of its links off. */
  linksOff?: true
}

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Names one life of the database; with the server's own identity it makes the epoch of the wire. */
export const meta = pgTable('meta', {
  id: boolean('id').primaryKey().default(true),
  epoch: uuid('epoch').notNull().defaultRandom(),
})

export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    email: text('email').notNull(),
    passwordHash: text('password_hash').notNull(),
    handle: text('handle').notNull(),
    /** `lookalikeKey(handle)`: two handles that look alike can't both exist. */
    handleKey: text('handle_key').notNull(),
    name: text('name').notNull(),
    avatarColor: smallint('avatar_color').notNull(),
    /** A picture of `files`; null shows the initials. */
    avatarId: uuid('avatar_id'),
    role: text('role').$type<'owner' | 'admin' | 'member'>().notNull().default('member'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('users_email').on(t.email),
    uniqueIndex('users_handle').on(t.handle),
    uniqueIndex('users_handle_key').on(t.handleKey),
    /** One owner at most is made by the race of two first sign-ups. */
    uniqueIndex('users_one_owner')
      .on(t.role)
      .where(sql`role = 'owner'`),
    /** `GET /users?query=`: by the start of a handle or a name. */
    index('users_name_prefix').on(sql`lower(${t.name}) text_pattern_ops`),
    index('users_handle_prefix').on(sql`${t.handle} text_pattern_ops`),
  ],
)

/** One signed-in device. Its refresh tokens are a family: reuse of an old one ends it. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    userAgent: text('user_agent').notNull().default(''),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastUsedAt: moment('last_used_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (t) => [index('sessions_user').on(t.userId, t.lastUsedAt)],
)

/** SHA-256 of each refresh token ever given to a session that lives. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    hash: text('hash').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** When it was rotated; a second use more than the grace later is a theft. */
    usedAt: moment('used_at'),
  },
  (t) => [index('refresh_tokens_session').on(t.sessionId)],
)

export const rooms = pgTable(
  'rooms',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<RoomKind>().notNull(),
    slug: text('slug'),
    name: text('name').notNull().default(''),
    /** `lookalikeKey(name)`; null for direct rooms. */
    nameKey: text('name_key'),
    topic: text('topic').notNull().default(''),
    /** Direct rooms: the sorted ids of their people, joined by a comma. */
    directKey: text('direct_key'),
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull().default(0),
    lastMainSeq: bigint('last_main_seq', { mode: 'number' }).notNull().default(0),
    head: bigint('head', { mode: 'number' }).notNull().default(0),
    memberCount: integer('member_count').notNull().default(0),
    lastChatAt: moment('last_chat_at'),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    archivedAt: moment('archived_at'),
  },
  (t) => [
    uniqueIndex('rooms_slug').on(t.slug),
    uniqueIndex('rooms_name_key').on(t.nameKey),
    uniqueIndex('rooms_direct_key').on(t.directKey),
    /** Browsing public rooms by name. */
    index('rooms_public')
      .on(t.name, t.id)
      .where(sql`kind = 'public' and archived_at is null`),
    check(
      'rooms_direct',
      sql`(kind = 'direct') = (direct_key is not null) and (kind = 'direct') = (slug is null)`,
    ),
  ],
)

export const members = pgTable(
  'members',
  {
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role').$type<RoomRole>().notNull().default('member'),
    readSeq: bigint('read_seq', { mode: 'number' }).notNull().default(0),
    joinedAt: moment('joined_at').notNull().defaultNow(),
    /** What of the room is told as a notification; null is what the user has set for all rooms. */
    notify: text('notify').$type<NotifyLevel>(),
    /** Dim, and never told. */
    muted: boolean('muted').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.roomId, t.userId] }),
    /** My rooms. */
    index('members_user').on(t.userId, t.roomId),
    /** Who came of late: what a node that nobody tells looks for. */
    index('members_joined').on(t.joinedAt),
  ],
)

/**
 * No foreign keys: the write path finds the room and the member under the room's lock, and checking
 * again row by row cost a third of a batch of 500. Nothing deletes rooms or users.
 */
export const chats = pgTable(
  'chats',
  {
    id: uuid('id').primaryKey(),
    roomId: uuid('room_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    rev: bigint('rev', { mode: 'number' }).notNull(),
    kind: text('kind').$type<'text' | 'system'>().notNull().default('text'),
    senderId: uuid('sender_id').notNull(),
    cid: text('cid').notNull(),
    message: text('message').notNull().default(''),
    event: jsonb('event').$type<SystemEvent>(),
    mentions: uuid('mentions')
      .array()
      .notNull()
      .default(sql`'{}'`),
    createdAt: moment('created_at').notNull().defaultNow(),
    editedAt: moment('edited_at'),
    deletedAt: moment('deleted_at'),
    /** The chat whose thread this is a reply in. */
    threadId: uuid('thread_id'),
    /** A reply in a thread that is shown in the room as well. */
    inRoom: boolean('in_room').notNull().default(false),
    /** The chat that this one quotes. */
    replyToId: uuid('reply_to_id'),
    /** What most chats have nothing of; null for none. Changed under the room's lock, with a new rev. */
    extras: jsonb('extras').$type<ChatExtras>(),
  },
  (t) => [
    /** Pages of a thread. */
    index('chats_thread')
      .on(t.threadId, t.seq)
      .where(sql`thread_id is not null`),
    /** What quotes a chat. */
    index('chats_reply_to')
      .on(t.replyToId)
      .where(sql`reply_to_id is not null`),
    /** What is pinned in a room. */
    index('chats_pinned')
      .on(t.roomId, t.seq)
      .where(sql`extras ? 'pinned'`),
    /** Pages of history. */
    unique('chats_room_seq').on(t.roomId, t.seq),
    /** A retry of a send finds the original. */
    unique('chats_sender_cid').on(t.senderId, t.cid),
    /** Resume: what changed in a room after a rev. */
    index('chats_room_rev').on(t.roomId, t.rev),
  ],
)

/** What a chat said before each edit. Gone with the chat when it is deleted. */
export const chatEdits = pgTable(
  'chat_edits',
  {
    chatId: uuid('chat_id').notNull(),
    /** Of the edit that took this text away. */
    rev: bigint('rev', { mode: 'number' }).notNull(),
    message: text('message').notNull(),
    /** When it was said, or edited to this. */
    saidAt: moment('said_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.chatId, t.rev] })],
)

/** Who follows which thread, and how far they have read it. A row that says no keeps it so. */
export const threadFollows = pgTable(
  'thread_follows',
  {
    userId: uuid('user_id').notNull(),
    /** The chat that the thread hangs on. */
    threadId: uuid('thread_id').notNull(),
    roomId: uuid('room_id').notNull(),
    follows: boolean('follows').notNull().default(true),
    readSeq: bigint('read_seq', { mode: 'number' }).notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.threadId] }),
    index('thread_follows_thread').on(t.threadId),
  ],
)

/** Chats that a user keeps for later. */
export const savedChats = pgTable(
  'saved_chats',
  {
    userId: uuid('user_id').notNull(),
    chatId: uuid('chat_id').notNull(),
    roomId: uuid('room_id').notNull(),
    savedAt: moment('saved_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.chatId] }),
    index('saved_chats_user').on(t.userId, t.savedAt, t.chatId),
  ],
)

/** Who is mentioned where; the unread ones are those with `seq > members.read_seq`. */
export const mentions = pgTable(
  'mentions',
  {
    userId: uuid('user_id').notNull(),
    roomId: uuid('room_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.roomId, t.seq] }),
    /** What mentions me, the newest first. */
    index('mentions_user_at').on(t.userId, t.at),
  ],
)

/** Chats that say `@room`: they mention everyone who is a member. */
export const roomMentions = pgTable(
  'room_mentions',
  {
    roomId: uuid('room_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.roomId, t.seq] }), index('room_mentions_at').on(t.roomId, t.at)],
)

/** What is stored once, however often it is uploaded; by the SHA-256 of its bytes. */
export const blobs = pgTable('blobs', {
  hash: text('hash').primaryKey(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
})

/** An upload: of a room, from then on with a chat; or a picture of its owner. */
export const files = pgTable(
  'files',
  {
    id: uuid('id').primaryKey(),
    ownerId: uuid('owner_id').notNull(),
    /** The room it was uploaded for; null for a profile picture. */
    roomId: uuid('room_id'),
    /** Null until it is posted. */
    chatId: uuid('chat_id'),
    hash: text('hash').notNull(),
    /** The smaller picture of an image; null for none. */
    thumbHash: text('thumb_hash'),
    /** As the wire shows it. */
    shown: jsonb('shown').$type<File>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('files_hash').on(t.hash),
    index('files_thumb_hash').on(t.thumbHash),
    /** What someone has stored. */
    index('files_owner').on(t.ownerId),
    /** The files of a room, the newest first. */
    index('files_room').on(t.roomId, t.createdAt, t.id),
    index('files_chat').on(t.chatId),
  ],
)

/** What a link leads to, as it was when someone looked. */
export const linkPreviews = pgTable('link_previews', {
  url: text('url').primaryKey(),
  /** Null when there is nothing to show. */
  preview: jsonb('preview').$type<LinkPreview>(),
  fetchedAt: moment('fetched_at').notNull().defaultNow(),
})

/** What a user has set for themselves, on every device. */
export const userSettings = pgTable('user_settings', {
  userId: uuid('user_id').primaryKey(),
  settings: jsonb('settings').$type<UserSettings>().notNull(),
})

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })
/** Compared byte by byte: a prefix is a range, whatever the locale of the database. */
const bytewise = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

/**
 * The words of each chat, written by the indexer some time after the chat itself. It can be made anew
 * from `chats` at any time: delete all rows of the three tables of search.
 */
export const searchRows = pgTable(
  'search_rows',
  {
    roomId: uuid('room_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: moment('at').notNull(),
    /** Words with their places, and facts: src/search/index-terms.ts. */
    words: tsvector('words').notNull(),
  },
  (t) => [
    /** The newest of one room. */
    primaryKey({ columns: [t.roomId, t.seq] }),
    /** The newest of all. */
    index('search_rows_at').on(t.at, t.roomId, t.seq),
    /** The indexer takes in the list of pending entries with each batch: no search has to read through it. */
    index('search_rows_words').using('gin', t.words).with({ fastupdate: 'on' }),
  ],
)

/** Every word of the index. */
export const searchWords = pgTable(
  'search_words',
  {
    word: bytewise('word').primaryKey(),
    /** In pg_trgm's letters. */
    spelling: text('spelling').notNull(),
    /** Rows that have it. */
    chats: integer('chats').notNull(),
  },
  (t) => [
    /** Words that hold, or nearly are, what was typed. */
    index('search_words_spelling')
      .using('gin', sql`${t.spelling} gin_trgm_ops`)
      .where(sql`word >= '0' and length(word) > 2`),
  ],
)

/** How far the index has followed each room. */
export const searchRooms = pgTable('search_rooms', {
  roomId: uuid('room_id').primaryKey(),
  rev: bigint('rev', { mode: 'number' }).notNull().default(0),
})
