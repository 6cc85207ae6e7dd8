import { Hono } from 'hono'
import { z } from 'zod'
import { findChat } from '../chats/chat-reads.ts'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { historyQuerySchema } from '../protocol/chats.ts'
import { idSchema } from '../protocol/text.ts'
import {
  followThreadSchema,
  readThreadSchema,
  threadPageSchema,
  threadPlaceSchema,
  threadPlacesSchema,
  threadsPageSchema,
  threadsQuerySchema,
  type ThreadPlace,
} from '../protocol/threads.ts'
import { seeMyRoom, seeRoom } from '../rooms/store.ts'
import { follow, myPlaces, myThreads, placeIn, readThread, replyPage } from './store.ts'

const chatParam = z.object({ roomId: idSchema, chatId: idSchema })
const placeAnswer = z.object({ place: threadPlaceSchema })
const tags = ['Threads']

/** Mounted at `/api/threads`. */
export const threadsRoutes = (deps: AppDeps) =>
  new Hono<AppEnv>()
    .get(
      '/',
      describe({
        summary: 'The threads that I follow, the last replied to first',
        tags,
        responses: { 200: threadsPageSchema },
        errors: ['invalid_cursor'],
      }),
      authenticate(deps),
      validate('query', threadsQuerySchema),
      async (c) => {
        const page = await myThreads(deps.sql, c.get('asker').user.id, c.req.valid('query'))
        return c.json(page, 200)
      },
    )
    .get(
      '/places',
      describe({
        summary: 'Where I am in each thread that I follow, unread ones first',
        tags,
        responses: { 200: threadPlacesSchema },
      }),
      authenticate(deps),
      async (c) => c.json(await myPlaces(deps.sql, c.get('asker').user.id), 200),
    )

/** Mounted at `/api/rooms/:roomId/chats/:chatId/thread`: of the chat that the thread hangs on. */
export function threadRoutes(deps: AppDeps) {
  const signedIn = authenticate(deps)
  const told = (userId: string, place: ThreadPlace) => {
    deps.hub.tell(userId, { type: 'thread_place', place })
    return place
  }
  return new Hono<AppEnv>()
    .get(
      '/',
      describe({
        summary: 'A thread: what it hangs on, my place in it, and a page of its replies',
        tags,
        responses: { 200: threadPageSchema },
        errors: ['not_found'],
      }),
      signedIn,
      validate('param', chatParam),
      validate('query', historyQuerySchema),
      async (c) => {
        const { roomId, chatId } = c.req.valid('param')
        const me = c.get('asker').user.id
        await seeRoom(deps.sql, me, roomId)
        const chat = await findChat(deps.sql, roomId, chatId)
        const place = await placeIn(deps.sql, me, chat)
        const page = await replyPage(deps.sql, chatId, c.req.valid('query'))
        return c.json({ chat, place, ...page }, 200)
      },
    )
    .put(
      '/follow',
      describe({
        summary: 'Follow a thread, or no longer',
        tags,
        responses: { 200: placeAnswer },
        errors: ['not_found', 'not_member'],
      }),
      signedIn,
      validate('param', chatParam),
      validate('json', followThreadSchema),
      async (c) => {
        const { roomId, chatId } = c.req.valid('param')
        const me = c.get('asker').user.id
        await seeMyRoom(deps.sql, me, roomId)
        const chat = await findChat(deps.sql, roomId, chatId)
        const place = await follow(deps.sql, me, chat, c.req.valid('json').follows)
        return c.json({ place: told(me, place) }, 200)
      },
    )
    .post(
      '/read',
      describe({
        summary: 'Say how far one has read a thread; it only moves forward',
        tags,
        responses: { 200: placeAnswer },
        errors: ['not_found', 'not_member'],
      }),
      signedIn,
      validate('param', chatParam),
      validate('json', readThreadSchema),
      async (c) => {
        const { roomId, chatId } = c.req.valid('param')
        const me = c.get('asker').user.id
        await seeMyRoom(deps.sql, me, roomId)
        const chat = await findChat(deps.sql, roomId, chatId)
        const place = await readThread(deps.sql, me, chat, c.req.valid('json').seq)
        return c.json({ place: told(me, place) }, 200)
      },
    )
}
