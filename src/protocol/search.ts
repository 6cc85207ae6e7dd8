import { z } from 'zod'
import { chatSchema } from './chats.ts'
import { roomKindSchema } from './rooms.ts'
import { idSchema, isStorable } from './text.ts'

/** What may be written into one search. */
export const searchQueryChars = 500

/** `query` is words, "phrases", -words and operators (src/protocol/search-query.ts); 20 results a page. */
export const searchQuerySchema = z.object({
  query: z
    .string()
    .max(searchQueryChars, `at most ${searchQueryChars} characters`)
    .refine(isStorable, 'must not contain NUL or lone surrogates')
    .default(''),
  /** Only in this room. */
  roomId: idSchema.optional(),
  /** In which `before:` and `after:` count their days; UTC without it. */
  timeZone: z
    .string()
    .max(64, 'at most 64 characters')
    .refine(isTimeZone, 'is no time zone')
    .optional(),
  cursor: z.string().max(1_000, 'at most 1000 characters').optional(),
})
export type SearchRequest = z.infer<typeof searchQuerySchema>

const positionSchema = z.int().nonnegative()

export const searchResultSchema = z
  .object({
    chat: chatSchema,
    room: z.object({
      id: idSchema,
      kind: roomKindSchema,
      slug: z.string().nullable(),
      name: z.string(),
    }),
    /** Where `chat.message` has what was looked for: from and to, in UTF-16 units, in order. */
    highlights: z.array(z.tuple([positionSchema, positionSchema])),
  })
  .meta({ id: 'SearchResult' })
export type SearchResult = z.infer<typeof searchResultSchema>

/** The newest first; behind them those that need a typo forgiven, the newest first. */
export const searchPageSchema = z.object({
  results: z.array(searchResultSchema),
  nextCursor: z.string().nullable(),
})
export type SearchPage = z.infer<typeof searchPageSchema>

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}
