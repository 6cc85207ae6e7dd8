import { z } from 'zod'
import { limits } from './limits.ts'
import { idSchema, isStorable, lineSchema, seqSchema, timeSchema } from './text.ts'
import { userSchema } from './users.ts'

export const roomKindSchema = z.enum(['public', 'private', 'direct'])
export type RoomKind = z.infer<typeof roomKindSchema>

export const roomRoleSchema = z.enum(['owner', 'admin', 'member'])
export type RoomRole = z.infer<typeof roomRoleSchema>

/** What of a room is told as a notification. */
export const notifyLevelSchema = z.enum(['all', 'mentions', 'none'])
export type NotifyLevel = z.infer<typeof notifyLevelSchema>

export const roomSchema = z
  .object({
    id: idSchema,
    kind: roomKindSchema,
    /** Null for direct rooms. */
    slug: z.string().nullable(),
    /** Empty for direct rooms: they are named after their people. */
    name: z.string(),
    topic: z.string(),
    /** The newest rev. */
    head: seqSchema,
    lastSeq: seqSchema,
    /** The seq of the newest chat that makes the room unread (system chats do not). */
    lastMainSeq: seqSchema,
    memberCount: z.int().nonnegative(),
    createdAt: timeSchema,
    archivedAt: timeSchema.nullable(),
    lastChatAt: timeSchema.nullable(),
  })
  .meta({ id: 'Room' })
export type Room = z.infer<typeof roomSchema>

export const roomPreferencesSchema = z.object({
  /** Null: what I have set for all rooms. */
  notify: notifyLevelSchema.nullable(),
  /** Dim, and never told. */
  muted: z.boolean(),
})
export type RoomPreferences = z.infer<typeof roomPreferencesSchema>

export const myRoomSchema = roomSchema
  .extend({
    role: roomRoleSchema,
    /** How far I have read. The room is unread when `lastMainSeq > readSeq`. */
    readSeq: seqSchema,
    /** `max(0, lastMainSeq - readSeq)`. */
    unread: z.int().nonnegative(),
    /** The seqs after `readSeq` that mention me, oldest first, at most 100. */
    mentionSeqs: z.array(seqSchema),
    preferences: roomPreferencesSchema,
    /** Direct rooms: everyone in it but me, in order of joining. Empty for other kinds. */
    people: z.array(userSchema),
  })
  .meta({ id: 'MyRoom' })
/** A room as one of its members sees it. */
export type MyRoom = z.infer<typeof myRoomSchema>

export const memberSchema = z
  .object({ user: userSchema, role: roomRoleSchema, joinedAt: timeSchema })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof memberSchema>

/** A name must leave something for the slug: at least one letter or digit. */
const roomNameSchema = lineSchema(limits.nameChars).refine(
  (name) => /[\p{L}\p{N}]/u.test(name),
  'needs a letter or a digit',
)

export const createRoomSchema = z.object({
  name: roomNameSchema,
  kind: z.enum(['public', 'private'], 'must be "public" or "private"'),
  topic: lineSchema(limits.topicChars, 0).optional(),
})

export const updateRoomSchema = z
  .object({
    name: roomNameSchema.optional(),
    topic: lineSchema(limits.topicChars, 0).optional(),
    archived: z.boolean().optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), 'nothing to change')

export const createDirectSchema = z.object({
  userIds: z
    .array(idSchema)
    .min(1, 'name at least one other person')
    .max(limits.directMembers - 1, `at most ${limits.directMembers - 1} other people`),
})

export const addMemberSchema = z.object({ userId: idSchema })
export const updateMemberSchema = z.object({ role: roomRoleSchema })
/** It only moves forward; `back` sets it to `seq` also when it was past it: unread from there. */
export const markReadSchema = z.object({ seq: seqSchema, back: z.boolean().optional() })

/** A room as anyone who may see it sees it; `mine` is null for those who are not members. */
export const seenRoomSchema = z.object({ room: roomSchema, mine: myRoomSchema.nullable() })

const cursorSchema = z.string().max(1_000, 'at most 1000 characters').optional()

/** Public rooms whose name holds `query`, by name; `cursor` is the `nextCursor` of the page before. */
export const browseQuerySchema = z.object({
  query: z
    .string()
    .max(limits.nameChars, `at most ${limits.nameChars} characters`)
    .refine(isStorable, 'must not contain NUL or lone surrogates')
    .optional(),
  cursor: cursorSchema,
})
export const browsePageSchema = z.object({
  rooms: z.array(roomSchema.extend({ isMember: z.boolean() })),
  nextCursor: z.string().nullable(),
})
export type BrowsePage = z.infer<typeof browsePageSchema>

export const membersQuerySchema = z.object({ cursor: cursorSchema })
/** By name, 200 a page. */
export const membersPageSchema = z.object({
  members: z.array(memberSchema),
  nextCursor: z.string().nullable(),
})
export type MembersPage = z.infer<typeof membersPageSchema>
