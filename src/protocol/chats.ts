import { z } from 'zod'
import { fileIdsSchema, fileSchema } from './files.ts'
import { limits } from './limits.ts'
import { linkPreviewSchema } from './links.ts'
import { roomRoleSchema } from './rooms.ts'
import { cidSchema, emojiSchema, idSchema, messageSchema, seqSchema, timeSchema } from './text.ts'
import { userSchema } from './users.ts'

/** What a system chat says; the actor is the chat's `sender`. */
export const systemEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('created') }),
  z.object({ type: z.literal('joined') }),
  z.object({ type: z.literal('left') }),
  z.object({ type: z.literal('added'), user: userSchema }),
  z.object({ type: z.literal('removed'), user: userSchema }),
  z.object({ type: z.literal('role_changed'), user: userSchema, role: roomRoleSchema }),
  z.object({ type: z.literal('renamed'), from: z.string(), to: z.string() }),
  z.object({ type: z.literal('topic_changed'), topic: z.string() }),
  z.object({ type: z.literal('archived') }),
  z.object({ type: z.literal('unarchived') }),
])
export type SystemEvent = z.infer<typeof systemEventSchema>

/** One emoji under a chat. */
export const reactionSchema = z.object({
  emoji: emojiSchema,
  count: z.int().min(1),
  /** In order of coming, at most 50. */
  userIds: z.array(idSchema),
})
export type Reaction = z.infer<typeof reactionSchema>

/** What the room shows of a thread, at the chat it hangs on. */
export const threadSummarySchema = z.object({
  /** Replies that are not deleted. */
  count: z.int().nonnegative(),
  lastSeq: seqSchema,
  lastAt: timeSchema,
  /** Who replied last, the newest first, at most 5. */
  userIds: z.array(idSchema),
})
export type ThreadSummary = z.infer<typeof threadSummarySchema>

/** The chat that another one answers, as it is now. */
export const quoteSchema = z.object({
  id: idSchema,
  seq: seqSchema,
  sender: userSchema,
  /** The first 200 characters; empty when deleted. */
  message: z.string(),
  deletedAt: timeSchema.nullable(),
})
export type Quote = z.infer<typeof quoteSchema>

export const everyoneSchema = z.enum(['room', 'here'])
export type Everyone = z.infer<typeof everyoneSchema>

const pinSchema = z.object({ userId: idSchema, at: timeSchema })

export const chatSchema = z
  .object({
    id: idSchema,
    roomId: idSchema,
    /** The chat's place in its room: 1, 2, 3 … without holes. */
    seq: seqSchema,
    /** The room's counter when the chat last changed; `rev >= seq`. */
    rev: seqSchema,
    kind: z.enum(['text', 'system']),
    sender: userSchema,
    /** The sender's id of the send, by which it knows its own. */
    cid: z.string(),
    /** Empty when deleted, and for system chats. */
    message: z.string(),
    /** Set when `kind` is `system`. */
    event: systemEventSchema.nullable(),
    /** Ids of the members that `message` mentions by `@handle`. */
    mentions: z.array(idSchema),
    createdAt: timeSchema,
    editedAt: timeSchema.nullable(),
    deletedAt: timeSchema.nullable(),
    /** A reply in the thread of this chat. It is not shown in the room but with `inRoom`. */
    threadId: idSchema.optional(),
    inRoom: z.literal(true).optional(),
    /** The chat that this one answers in the room, quoted. */
    replyTo: quoteSchema.optional(),
    /** Its own thread, once it has replies. */
    thread: threadSummarySchema.optional(),
    reactions: z.array(reactionSchema).optional(),
    pinned: pinSchema.optional(),
    files: z.array(fileSchema).optional(),
    /** What the links of `message` lead to; it comes some time after the chat. */
    links: z.array(linkPreviewSchema).optional(),
    /** It mentions everyone in the room (`@room`), or who was there then (`@here`). */
    everyone: everyoneSchema.optional(),
  })
  .meta({ id: 'Chat' })
/** A stored message. */
export type Chat = z.infer<typeof chatSchema>

export const previewSchema = z.object({
  id: idSchema,
  sender: userSchema,
  cid: z.string(),
  message: z.string(),
  threadId: idSchema.optional(),
  inRoom: z.literal(true).optional(),
  /** When it reached the server. */
  sentAt: timeSchema,
})
/** A chat that waits for the database: shown as being sent, promised to nobody. */
export type Preview = z.infer<typeof previewSchema>

/** Where a chat goes beside its room: over REST and over the socket. */
export const placeShape = {
  /** Reply in the thread of this chat. */
  threadId: idSchema.optional(),
  /** Show the reply in the room as well. */
  inRoom: z.boolean().optional(),
  /** Answer this chat of the room, quoting it. */
  replyToId: idSchema.optional(),
  fileIds: fileIdsSchema.optional(),
}

const linksSchema = z.object(placeShape)
/** What a chat is linked to when it is sent. */
export type ChatLinks = z.infer<typeof linksSchema>

/** For `refine`: a chat without words needs files. */
export const saysSomething = ({
  message,
  fileIds = [],
}: {
  message: string
  fileIds?: string[] | undefined
}) => fileIds.length > 0 || message.trim().length > 0
export const mustSaySomething = { path: ['message'], error: 'must not be empty' }

export const postChatSchema = z
  .object({ message: messageSchema, cid: cidSchema.optional(), ...placeShape })
  .refine(saysSomething, mustSaySomething)
/** Empty words are left to the server: a chat with files needs none. */
export const editChatSchema = z.object({ message: messageSchema })

const queryInt = (what: z.ZodNumber) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(what)

/** One page: at most one of `before`, `after` (seqs, not included) and `around` (included). */
export const historyQuerySchema = z
  .object({
    limit: queryInt(
      z.number().min(1, 'at least 1').max(limits.historyMax, `at most ${limits.historyMax}`),
    ).optional(),
    before: queryInt(z.number()).optional(),
    after: queryInt(z.number()).optional(),
    around: queryInt(z.number()).optional(),
  })
  .refine(
    ({ before, after, around }) =>
      [before, after, around].filter((cursor) => cursor !== undefined).length <= 1,
    'give only one of before, after and around',
  )
export type HistoryQuery = z.infer<typeof historyQuerySchema>

/** Oldest first. */
export const historyPageSchema = z
  .object({ chats: z.array(chatSchema), hasBefore: z.boolean(), hasAfter: z.boolean() })
  .meta({ id: 'HistoryPage' })
export type HistoryPage = z.infer<typeof historyPageSchema>
