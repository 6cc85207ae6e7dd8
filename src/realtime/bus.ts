import { z } from 'zod'
import { chatSchema, previewSchema } from '../protocol/chats.ts'
import { idSchema, seqSchema } from '../protocol/text.ts'
import { userSchema } from '../protocol/users.ts'

const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), from: z.string(), ...shape })

const count = z.int().min(0)

/** Where a person is on one node; null: nowhere any more. */
const attendanceSchema = z.object({
  userId: idSchema,
  status: z.enum(['online', 'away']).nullable(),
  /** Their connections there. */
  sockets: count,
})
export type Attendance = z.infer<typeof attendanceSchema>

/** What nodes tell each other; `from` names the node, by an id of its own for each life. */
export const busEventSchema = z.discriminatedUnion('type', [
  /** A sign of life, several times a second. A node that hears its own knows that the bus works. */
  event('beat', { atMs: z.number(), presence: count }),
  /** The node goes, in order. */
  event('bye', {}),
  /** Committed, in the order of the log. A doorbell: what is lost here is read from the log. */
  event('chats', { chats: z.array(chatSchema) }),
  /** Heads of rooms that were written of late. */
  event('heads', { heads: z.array(z.object({ roomId: idSchema, head: seqSchema })) }),
  event('preview', { roomId: idSchema, chats: z.array(previewSchema) }),
  event('preview_withdrawn', { roomId: idSchema, ids: z.array(idSchema) }),
  /** Who came or went since version − 1; with `all`, who is there at that version. */
  event('presence', { version: count, all: z.boolean(), people: z.array(attendanceSchema) }),
  /** Asks the node `of` for everyone who is there. */
  event('presence_wanted', { of: z.string() }),
  event('typing', { roomId: idSchema, userIds: z.array(idSchema) }),
  /** A frame for every connection of a user. */
  event('told', { userId: idSchema, text: z.string() }),
  event('room_created', { roomId: idSchema, userIds: z.array(idSchema) }),
  event('user_updated', { user: userSchema }),
  event('session_revoked', { sessionId: idSchema }),
  /** How often each key of a limit was used on that node since it last told. */
  event('used', { limit: z.string(), keys: z.record(z.string(), count) }),
])
export type BusEvent = z.infer<typeof busEventSchema>

type WithoutFrom<E> = E extends BusEvent ? Omit<E, 'from'> : never
/** An event before its node signs it. */
export type News = WithoutFrom<BusEvent>

/** What rings between the nodes of one Parley. It stores nothing and promises nothing: Postgres does. */
export interface Bus {
  /** Tells all nodes, this one too. Rejects when it could not be told; resolved, it may still be lost. */
  tell: (event: BusEvent) => Promise<void>
  /** `hear` gets what each node tells, in its order. `missed` is called when some of it may be lost. */
  listen: (listener: { hear: (event: BusEvent) => void; missed: () => void }) => void
}
