import { z } from 'zod'
import { limits } from './limits.ts'
import { roomRoleSchema } from './rooms.ts'
import { cidSchema, idSchema, messageSchema, seqSchema, timeSchema } from './text.ts'
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
  })
  .meta({ id: 'Chat' })
/** A stored message. */
export type Chat = z.infer<typeof chatSchema>

export const previewSchema = z.object({
  id: idSchema,
  sender: userSchema,
  cid: z.string(),
  message: z.string(),
  /** When it reached the server. */
  sentAt: timeSchema,
})
/** A chat that waits for the database: shown as being sent, promised to nobody. */
export type Preview = z.infer<typeof previewSchema>

export const postChatSchema = z.object({ message: messageSchema, cid: cidSchema.optional() })
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

/** The `@handles` a text speaks of, lower-case, each once. Code spans are not looked at: a mention there still tells. */
export function handlesIn(message: string): string[] {
  const found = message.matchAll(/(?<![\p{L}\p{N}_@])@([a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?)/giu)
  return [...new Set(Array.from(found, (match) => match[1]?.toLowerCase() ?? ''))].slice(0, 50)
}
