import { z } from 'zod'
import { limits } from './limits.ts'
import { handleSchema, idSchema, isStorable, lineSchema, timeSchema } from './text.ts'

export const avatarColors = 12

export const userSchema = z
  .object({
    id: idSchema,
    handle: z.string(),
    name: z.string(),
    /** Which of the twelve avatar colours, 0 to 11. */
    avatarColor: z
      .int()
      .min(0)
      .max(avatarColors - 1),
    /** Their picture: `GET /api/files/:id/thumb`. Without one their initials stand on the colour. */
    avatarId: idSchema.optional(),
  })
  .meta({ id: 'User' })
/** A person as every signed-in user may see them. */
export type User = z.infer<typeof userSchema>

export const serverRoleSchema = z.enum(['owner', 'admin', 'member'])

export const meSchema = userSchema
  .extend({ email: z.string(), role: serverRoleSchema, createdAt: timeSchema })
  .meta({ id: 'Me' })
/** A person as they see themselves. */
export type Me = z.infer<typeof meSchema>

const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(limits.emailChars, `at most ${limits.emailChars} characters`)
  .pipe(z.email('must be an e-mail address'))

const characters = (text: string): number => Array.from(text).length

/** Counted in characters as people see them, so that a long Unicode password is not cut short. */
const passwordSchema = z
  .string()
  .refine(isStorable, 'must not contain NUL or lone surrogates')
  .refine(
    (text) => characters(text) >= limits.passwordMinChars,
    `at least ${limits.passwordMinChars} characters`,
  )
  .refine(
    (text) => characters(text) <= limits.passwordMaxChars,
    `at most ${limits.passwordMaxChars} characters`,
  )

export const signUpSchema = z.object({
  email: emailSchema,
  password: passwordSchema,
  name: lineSchema(limits.nameChars),
  handle: handleSchema.optional(),
})

/** Sign-in takes any string as a password: a rule here would tell which ones can exist. */
export const signInSchema = z.object({
  email: z.string().trim().toLowerCase().max(limits.emailChars),
  password: z.string().max(1_024),
})

export const updateMeSchema = z.object({
  name: lineSchema(limits.nameChars).optional(),
  handle: handleSchema.optional(),
  avatarColor: userSchema.shape.avatarColor.optional(),
})

/** Changing the password signs every other session out. */
export const changePasswordSchema = z.object({
  currentPassword: z.string().max(1_024),
  newPassword: passwordSchema,
})

/** `accessToken` is a JWT; `expiresAt` is when it ends (10 minutes by default). */
export const signedInSchema = z
  .object({ user: meSchema, accessToken: z.string(), expiresAt: timeSchema })
  .meta({ id: 'SignedIn' })
export type SignedIn = z.infer<typeof signedInSchema>

export const sessionSchema = z
  .object({
    id: idSchema,
    /** The session that asks. */
    current: z.boolean(),
    userAgent: z.string(),
    createdAt: timeSchema,
    lastUsedAt: timeSchema,
  })
  .meta({ id: 'Session' })
/** One signed-in device or token of a user. */
export type Session = z.infer<typeof sessionSchema>

export const presenceStatusSchema = z.enum(['online', 'away', 'offline'])
export type PresenceStatus = z.infer<typeof presenceStatusSchema>
