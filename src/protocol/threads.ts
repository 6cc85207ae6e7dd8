import { z } from 'zod'
import { chatSchema } from './chats.ts'
import { idSchema, seqSchema } from './text.ts'

export const threadPlaceSchema = z
  .object({
    roomId: idSchema,
    /** The chat that the thread hangs on. */
    threadId: idSchema,
    follows: z.boolean(),
    /** The seq of the last reply that I have read; the thread is unread when `thread.lastSeq` is past it. */
    readSeq: seqSchema,
  })
  .meta({ id: 'ThreadPlace' })
/** My place in a thread. */
export type ThreadPlace = z.infer<typeof threadPlaceSchema>

export const followThreadSchema = z.object({ follows: z.boolean() })
export const readThreadSchema = z.object({ seq: seqSchema })

/** The threads that I follow, unread ones first, then the last replied to; no more than 1,000. */
export const threadPlacesSchema = z.object({
  /** Each with the seq of its last reply. */
  places: z.array(threadPlaceSchema.extend({ lastSeq: seqSchema })),
  /** There are no more than these. */
  isWhole: z.boolean(),
})
export type ThreadPlaces = z.infer<typeof threadPlacesSchema>

/** A thread as I have it. */
export const myThreadSchema = z.object({
  /** The chat that it hangs on; its `thread` says how many replies there are. */
  chat: chatSchema,
  place: threadPlaceSchema,
})
export type MyThread = z.infer<typeof myThreadSchema>

const cursorSchema = z.string().max(1_000, 'at most 1000 characters').optional()

/** `unread`: only those with replies that I have not read. */
export const threadsQuerySchema = z.object({
  cursor: cursorSchema,
  unread: z
    .enum(['true', 'false'], 'must be "true" or "false"')
    .transform((text) => text === 'true')
    .optional(),
})
/** The last replied to first, 50 a page. */
export const threadsPageSchema = z.object({
  threads: z.array(myThreadSchema),
  nextCursor: z.string().nullable(),
})
export type ThreadsPage = z.infer<typeof threadsPageSchema>

/** One thread: what it hangs on, my place in it, and a page of its replies, oldest first. */
export const threadPageSchema = z.object({
  chat: chatSchema,
  place: threadPlaceSchema,
  replies: z.array(chatSchema),
  hasBefore: z.boolean(),
  hasAfter: z.boolean(),
})
export type ThreadPage = z.infer<typeof threadPageSchema>
