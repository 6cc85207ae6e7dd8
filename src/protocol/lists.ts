import { z } from 'zod'
import { chatSchema } from './chats.ts'
import { timeSchema } from './text.ts'

/** Lists of chats from several rooms, 50 a page; `cursor` is the `nextCursor` of the page before. */
export const listQuerySchema = z.object({
  cursor: z.string().max(1_000, 'at most 1000 characters').optional(),
})

export const savedPageSchema = z.object({
  /** The last kept first. */
  saved: z.array(z.object({ chat: chatSchema, savedAt: timeSchema })),
  nextCursor: z.string().nullable(),
})
export type SavedPage = z.infer<typeof savedPageSchema>

export const mentionsPageSchema = z.object({
  /** The newest first. */
  chats: z.array(chatSchema),
  nextCursor: z.string().nullable(),
})
export type MentionsPage = z.infer<typeof mentionsPageSchema>

/** In order of their place in the room, the newest first. */
export const pinsSchema = z.object({ chats: z.array(chatSchema) })

/** What a chat said before each edit, oldest first; what it says now is the chat's. */
export const chatEditsSchema = z.object({
  edits: z.array(z.object({ message: z.string(), at: timeSchema })),
})
export type ChatEdits = z.infer<typeof chatEditsSchema>
