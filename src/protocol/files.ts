import { z } from 'zod'
import { limits } from './limits.ts'
import { idSchema } from './text.ts'

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
