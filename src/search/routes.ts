import { Hono } from 'hono'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { searchPageSchema, searchQuerySchema } from '../protocol/search.ts'
import { seeRoom } from '../rooms/store.ts'
import { searchChats } from './search-chats.ts'

/** Mounted at `/api/search`. */
export const searchRoutes = (deps: AppDeps) =>
  new Hono<AppEnv>().get(
    '/',
    describe({
      summary: 'Chats that I may read and that fit: words, "phrases", -words and operators',
      tags: ['Search'],
      responses: { 200: searchPageSchema },
      errors: ['invalid_cursor', 'not_found', 'overloaded'],
    }),
    authenticate(deps),
    validate('query', searchQuerySchema),
    async (c) => {
      const me = c.get('asker').user.id
      const asked = c.req.valid('query')
      if (asked.roomId !== undefined) await seeRoom(deps.sql, me, asked.roomId)
      return c.json(await searchChats(deps.sql, me, asked), 200)
    },
  )
