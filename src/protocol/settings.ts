import { z } from 'zod'
import { notifyLevelSchema } from './rooms.ts'
import { idSchema, lineSchema } from './text.ts'
import { limits } from './limits.ts'

const sectionSchema = z.object({
  id: idSchema,
  name: lineSchema(limits.nameChars),
  /** In order. Rooms in no section stand in those that every sidebar has. */
  roomIds: z.array(idSchema).max(limits.syncRooms, `at most ${limits.syncRooms} rooms`),
})

export const userSettingsSchema = z
  .object({
    language: z.enum(['en', 'de', 'ar']).optional(),
    /** For rooms that say nothing else. */
    notify: notifyLevelSchema.optional(),
    sound: z.boolean().optional(),
    /** Enter sends and Shift+Enter makes a new line; false is the other way round. */
    enterSends: z.boolean().optional(),
    /** Notifications say who and where, and not what. */
    hidesText: z.boolean().optional(),
    favourites: z.array(idSchema).max(limits.syncRooms).optional(),
    sections: z.array(sectionSchema).max(50, 'at most 50 sections').optional(),
    /** 0 none, 1 light to 5 dark. */
    skinTone: z.int().min(0).max(5).optional(),
    /** The newest first. */
    recentEmoji: z.array(z.string().max(64)).max(40).optional(),
  })
  .meta({ id: 'UserSettings' })
/** What a user has set for themselves; what is absent is as the client has it by default. */
export type UserSettings = z.infer<typeof userSettingsSchema>
