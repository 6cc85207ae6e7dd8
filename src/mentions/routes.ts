import { Hono } from 'hono'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { listQuerySchema, mentionsPageSchema } from '../protocol/lists.ts'
import { mentionsOf } from './store.ts'

/** Mounted at `/api/mentions`. */
export const mentionRoutes = (deps: AppDeps) =>
  new Hono<AppEnv>().get(
    '/',
    describe({
      summary: 'Chats that mention me, the newest first',
      tags: ['Mentions'],
      responses: { 200: mentionsPageSchema },
      errors: ['invalid_cursor'],
    }),
    authenticate(deps),
    validate('query', listQuerySchema),
    async (c) => {
      const me = c.get('asker').user.id
      return c.json(await mentionsOf(deps.sql, me, c.req.valid('query').cursor), 200)
    },
  )
