import { z } from 'zod'
import { idSchema } from './text.ts'

export const linkPreviewSchema = z
  .object({
    /** As it stands in the message. */
    url: z.string(),
    site: z.string(),
    title: z.string(),
    description: z.string(),
    /** A picture that the server keeps, as a file: `GET /api/files/:id`. */
    image: z
      .object({ id: idSchema, width: z.int().positive(), height: z.int().positive() })
      .optional(),
  })
  .meta({ id: 'LinkPreview' })
/** What a link leads to. */
export type LinkPreview = z.infer<typeof linkPreviewSchema>
