import { z } from 'zod'
import { chatSchema, mustSaySomething, placeShape, previewSchema, saysSomething } from './chats.ts'
import { errorCodes, fieldErrorSchema } from './errors.ts'
import { limits } from './limits.ts'
import { myRoomSchema, roomPreferencesSchema, roomSchema } from './rooms.ts'
import { userSettingsSchema } from './settings.ts'
import { cidSchema, idSchema, messageSchema, seqSchema, timeSchema } from './text.ts'
import { threadPlaceSchema } from './threads.ts'
import { presenceStatusSchema, userSchema } from './users.ts'

const frame = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...shape })

/** What a client may send. Unknown keys are ignored. */
export const clientFrameSchema = z.discriminatedUnion('type', [
  frame('auth', { token: z.string().max(4_096, 'at most 4096 characters') }),
  /** Subscribe to a room one is a member of; with `after`, what changed since that rev comes along. */
  frame('join_room', { roomId: idSchema, after: seqSchema.optional() }),
  /** Stop hearing from a room on this connection. Membership stays. */
  frame('leave_room', { roomId: idSchema }),
  frame('chat', {
    roomId: idSchema,
    message: messageSchema,
    cid: cidSchema.optional(),
    ...placeShape,
  }).refine(saysSomething, mustSaySomething),
  frame('typing', { roomId: idSchema }),
  frame('read', { roomId: idSchema, seq: seqSchema }),
  /** Subscribe to many rooms at once and hear what changed since `after`, the last rev seen of each. */
  frame('sync', {
    /** Of the last `hello`; absent on a first visit. */
    epoch: z.string().max(100).optional(),
    rooms: z
      .array(z.object({ roomId: idSchema, after: seqSchema.optional() }))
      .max(limits.syncRooms, `at most ${limits.syncRooms} rooms`),
  }),
  frame('presence', { status: z.enum(['online', 'away'], 'must be "online" or "away"') }),
  frame('ping', {}),
])
export type ClientFrame = z.infer<typeof clientFrameSchema>
export const clientFrameTypes: ReadonlySet<string> = new Set(
  clientFrameSchema.options.map((option) => option.shape.type.value),
)

/** What the server sends. */
export const serverFrameSchema = z.discriminatedUnion('type', [
  frame('hello', {
    v: z.int(),
    epoch: z.string(),
    user: userSchema,
    sessionId: idSchema,
    heartbeatMs: z.int(),
    expiresAt: timeSchema,
  }),
  /** The answer to an `auth` on a connection that already has a user. */
  frame('token_renewed', { expiresAt: timeSchema }),
  frame('token_expiring', { expiresAt: timeSchema }),
  frame('joined', {
    roomId: idSchema,
    head: seqSchema,
    lastSeq: seqSchema,
    /** Chats whose rev is in (after, head], in order of rev, each as it is now. Absent without `after`. */
    changes: z.array(chatSchema).optional(),
    /** Too much changed, or the epoch did: reload the room from history. */
    tooFar: z.literal(true).optional(),
  }),
  /** After the last `joined` of a `sync`. */
  frame('synced', { epoch: z.string() }),
  frame('left', { roomId: idSchema, reason: z.enum(['asked', 'left', 'removed']) }),
  frame('ack', {
    cid: z.string(),
    id: idSchema,
    roomId: idSchema,
    seq: seqSchema,
    at: timeSchema,
    dup: z.literal(true).optional(),
  }),
  frame('chat', { chat: chatSchema }),
  frame('chat_updated', { chat: chatSchema }),
  /** Chats that wait for the database; each ends in a `chat` of its sender and cid, or is withdrawn. */
  frame('preview', { roomId: idSchema, chats: z.array(previewSchema) }),
  frame('preview_withdrawn', { roomId: idSchema, ids: z.array(idSchema) }),
  frame('typing', { roomId: idSchema, userIds: z.array(idSchema) }),
  frame('presence', {
    changes: z.array(z.object({ userId: idSchema, status: presenceStatusSchema })),
  }),
  /** My own read position, set on another of my connections; `back` may move it back. */
  frame('read', { roomId: idSchema, seq: seqSchema, back: z.literal(true).optional() }),
  /** Whether I follow a thread, and how far I have read it. */
  frame('thread_place', { place: threadPlaceSchema }),
  /** I keep this chat for later, or no longer. */
  frame('saved', { roomId: idSchema, chatId: idSchema, saved: z.boolean() }),
  /** What I have set for one of my rooms. */
  frame('room_preferences', { roomId: idSchema, preferences: roomPreferencesSchema }),
  /** What I have set for myself. */
  frame('settings', { settings: userSettingsSchema }),
  /** I became a member of this room: `join_room` it to hear it. */
  frame('room_added', { room: myRoomSchema }),
  frame('room_updated', { room: roomSchema }),
  frame('user_updated', { user: userSchema }),
  frame('error', {
    code: z.enum(errorCodes),
    message: z.string(),
    cid: z.string().optional(),
    roomId: z.string().optional(),
    fields: z.array(fieldErrorSchema).optional(),
    retryAfterMs: z.int().optional(),
  }),
  /** The server is going away; come back after `delayMs`. */
  frame('drain', { delayMs: z.int() }),
  frame('pong', {}),
])
export type ServerFrame = z.infer<typeof serverFrameSchema>
