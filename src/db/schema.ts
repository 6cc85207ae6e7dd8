import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
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
import type { RoomKind, RoomRole } from '../protocol/rooms.ts'
import type { SystemEvent } from '../protocol/chats.ts'

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
  },
  (t) => [
    /** Pages of history. */
    unique('chats_room_seq').on(t.roomId, t.seq),
    /** A retry of a send finds the original. */
    unique('chats_sender_cid').on(t.senderId, t.cid),
    /** Resume: what changed in a room after a rev. */
    index('chats_room_rev').on(t.roomId, t.rev),
  ],
)

/** Who is mentioned where; the unread ones are those with `seq > members.read_seq`. */
export const mentions = pgTable(
  'mentions',
  {
    userId: uuid('user_id').notNull(),
    roomId: uuid('room_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.roomId, t.seq] })],
)
