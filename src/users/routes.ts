import { Hono } from 'hono'
import { z } from 'zod'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { limits } from '../protocol/limits.ts'
import { idSchema, isStorable } from '../protocol/text.ts'
import { meSchema, presenceStatusSchema, updateMeSchema, userSchema } from '../protocol/users.ts'
import { toUser } from './shape.ts'
import { createUserStore } from './store.ts'

const tags = ['Users']
const searchSchema = z.object({
  query: z
    .string()
    .trim()
    .max(limits.nameChars, `at most ${limits.nameChars} characters`)
    .refine(isStorable, 'must not contain NUL or lone surrogates')
    .default(''),
})
const presenceSchema = z.object({
  presence: z.array(z.object({ userId: idSchema, status: presenceStatusSchema })),
})

/** Under `/api/users`. */
export function userRoutes(deps: AppDeps) {
  const store = createUserStore(deps.db)
  const signedIn = authenticate(deps)
  return new Hono<AppEnv>()
    .get(
      '/',
      describe({
        summary: 'Find people by the start of a handle or a name, at most 20',
        tags,
        responses: { 200: z.object({ users: z.array(userSchema) }) },
      }),
      signedIn,
      validate('query', searchSchema),
      async (c) => c.json({ users: await store.search(c.req.valid('query').query) }, 200),
    )
    .get(
      '/me',
      describe({ summary: 'Myself', tags, responses: { 200: z.object({ user: meSchema }) } }),
      signedIn,
      async (c) => c.json({ user: await store.me(c.var.asker.user.id) }, 200),
    )
    .patch(
      '/me',
      describe({
        summary: 'Change my name, handle or avatar colour',
        tags,
        responses: { 200: z.object({ user: meSchema }) },
        errors: ['handle_taken'],
      }),
      signedIn,
      validate('json', updateMeSchema),
      async (c) => {
        const user = await store.update(c.var.asker.user.id, c.req.valid('json'))
        deps.tokens.forget({ userId: user.id })
        deps.hub.userUpdated(toUser(user))
        return c.json({ user }, 200)
      },
    )
    .get(
      '/presence',
      describe({ summary: 'Who is online or away', tags, responses: { 200: presenceSchema } }),
      signedIn,
      (c) => c.json({ presence: deps.hub.presence() }, 200),
    )
    .get(
      '/:userId',
      describe({
        summary: 'One person',
        tags,
        responses: { 200: z.object({ user: userSchema }) },
        errors: ['not_found'],
      }),
      signedIn,
      validate('param', z.object({ userId: idSchema })),
      async (c) => c.json({ user: await store.find(c.req.valid('param').userId) }, 200),
    )
}
