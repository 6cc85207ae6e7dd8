import { z } from 'zod'
import { limits } from './limits.ts'
import { idSchema, isStorable, timeSchema } from './text.ts'

export const fileKindSchema = z.enum(['image', 'video', 'audio', 'file'])
export type FileKind = z.infer<typeof fileKindSchema>

export const fileSchema = z
  .object({
    id: idSchema,
    /** As it was called where it came from. */
    name: z.string(),
    /** The media type, found in its first bytes. */
    type: z.string(),
    bytes: z.int().nonnegative(),
    /** How it is shown: anything that no browser should open by itself is a `file`. */
    kind: fileKindSchema,
    /** In pixels, upright; of images and where known of videos. */
    width: z.int().positive().optional(),
    height: z.int().positive().optional(),
    /** There is a smaller picture of it. */
    thumb: z.literal(true).optional(),
    /** It is an image that moves; the smaller picture of it stands still. */
    animated: z.literal(true).optional(),
    /** What an image shows, for those who can't see it. */
    alt: z.string().optional(),
  })
  .meta({ id: 'File' })
/** An upload as everyone in its room may see it. */
export type File = z.infer<typeof fileSchema>

/** Of a post: uploads of the sender for this room, each used once. */
export const fileIdsSchema = z
  .array(idSchema)
  .max(limits.filesPerChat, `at most ${limits.filesPerChat} files`)

const altSchema = z
  .string()
  .max(limits.altChars, `at most ${limits.altChars} characters`)
  .refine(isStorable, 'must not contain NUL or lone surrogates')
  .transform((text) => text.replace(/\s+/g, ' ').trim())

/** Any name is taken, and made harmless: people do not choose what their cameras and mailers call things. */
const nameSchema = z.string().max(4_000, 'at most 4000 characters')

/** Beside the bytes of an upload, which are its body. */
export const uploadQuerySchema = z.object({ name: nameSchema, alt: altSchema.optional() })

/** While it is not posted yet. An empty `alt` takes it away. */
export const updateFileSchema = z.object({ name: nameSchema.optional(), alt: altSchema.optional() })

/** What one may upload; told before anything is sent. */
export const fileLimitsSchema = z.object({
  /** Of one file; 0 for any size. */
  maxBytes: z.int().nonnegative(),
  /** Of all that I have stored; null for any amount. */
  quotaBytes: z.int().nonnegative().nullable(),
  usedBytes: z.int().nonnegative(),
})
export type FileLimits = z.infer<typeof fileLimitsSchema>

export const downloadQuerySchema = z.object({
  /** To be kept, not shown. */
  download: z.enum(['1']).optional(),
})

export const roomFilesQuerySchema = z.object({
  cursor: z.string().max(1_000, 'at most 1000 characters').optional(),
})

export const roomFilesSchema = z.object({
  /** Those posted in the room, the newest first. */
  files: z.array(
    z.object({
      file: fileSchema,
      chatId: idSchema,
      seq: z.int().positive(),
      userId: idSchema,
      at: timeSchema,
    }),
  ),
  nextCursor: z.string().nullable(),
})
export type RoomFiles = z.infer<typeof roomFilesSchema>
