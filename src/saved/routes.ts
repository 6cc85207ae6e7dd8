import { Hono } from 'hono'
import { z } from 'zod'
import { refusal } from '../chats/refusals.ts'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { listQuerySchema, savedPageSchema } from '../protocol/lists.ts'
import { idSchema } from '../protocol/text.ts'
import { roomOfSeenChat, save, savedChats, unsave } from './store.ts'

const chatParam = z.object({ chatId: idSchema })
const tags = ['Saved']

/** Mounted at `/api/saved`. */
export function savedRoutes(deps: AppDeps) {
  const signedIn = authenticate(deps)
  return new Hono<AppEnv>()
    .get(
      '/',
      describe({
        summary: 'Chats that I keep for later, the last kept first',
        tags,
        responses: { 200: savedPageSchema },
        errors: ['invalid_cursor'],
      }),
      signedIn,
      validate('query', listQuerySchema),
      async (c) => {
        const me = c.get('asker').user.id
        return c.json(await savedChats(deps.sql, me, c.req.valid('query').cursor), 200)
      },
    )
    .put(
      '/:chatId',
      describe({
        summary: 'Keep a chat for later',
        tags,
        responses: { 204: null },
        errors: ['not_found'],
      }),
      signedIn,
      validate('param', chatParam),
      async (c) => {
        const { chatId } = c.req.valid('param')
        const me = c.get('asker').user.id
        const roomId = await roomOfSeenChat(deps.sql, me, chatId)
        if (roomId === null) throw refusal('not_found')
        await save(deps.sql, me, chatId, roomId)
        deps.hub.tell(me, { type: 'saved', roomId, chatId, saved: true })
        return c.body(null, 204)
      },
    )
    .delete(
      '/:chatId',
      describe({
        summary: 'Keep it no longer',
        tags,
        responses: { 204: null },
      }),
      signedIn,
      validate('param', chatParam),
      async (c) => {
        const { chatId } = c.req.valid('param')
        const me = c.get('asker').user.id
        const roomId = await unsave(deps.sql, me, chatId)
        if (roomId !== null) deps.hub.tell(me, { type: 'saved', roomId, chatId, saved: false })
        return c.body(null, 204)
      },
    )
}
