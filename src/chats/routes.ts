import { Hono, type TypedResponse } from 'hono'
import { z } from 'zod'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import {
  chatSchema,
  editChatSchema,
  historyPageSchema,
  historyQuerySchema,
  postChatSchema,
  type HistoryPage,
} from '../protocol/chats.ts'
import { chatEditsSchema } from '../protocol/lists.ts'
import { idSchema } from '../protocol/text.ts'
import { seeRoom } from '../rooms/store.ts'
import { editsOf, findChat } from './chat-reads.ts'
import { historyPage } from './history.ts'
import { refusal } from './refusals.ts'

const roomParam = z.object({ roomId: idSchema })
const chatParam = z.object({ roomId: idSchema, chatId: idSchema })
const chatAnswer = z.object({ chat: chatSchema })
const tags = ['Chats']
const encoder = new TextEncoder()

/** Mounted at `/api/rooms/:roomId/chats`. */
export function chatRoutes(deps: AppDeps) {
  const signedIn = authenticate(deps)
  return new Hono<AppEnv>()
    .get(
      '/',
      describe({
        summary: 'A page of history, oldest first: the newest, or before, after or around a seq',
        tags,
        responses: { 200: historyPageSchema },
        errors: ['not_found'],
      }),
      signedIn,
      validate('param', roomParam),
      validate('query', historyQuerySchema),
      async (c) => {
        const query = c.req.valid('query')
        const { roomId } = c.req.valid('param')
        const me = c.get('asker').user.id
        const isNewest = Object.values(query).every((value) => value === undefined)
        let page = isNewest ? deps.hub.pageFor(roomId, me) : null
        if (page === null) {
          const { room } = await seeRoom(deps.sql, me, roomId)
          if (!isNewest) return c.json(await historyPage(deps.sql, room, query), 200)
          page = await deps.hub.newestPage(room.id, room.head, me)
        }
        // oxlint-disable-next-line no-unnecessary-type-assertion -- on the edge its type says less
        page.bytes ??= encoder.encode(page.text) as Uint8Array<ArrayBuffer>
        const answer = c.newResponse(page.bytes, 200, { 'content-type': 'application/json' })
        // The live core keeps this page as text, so that it is encoded once for all who open the
        // room; the text is that of a HistoryPage.
        return answer as Response & TypedResponse<HistoryPage, 200, 'json'>
      },
    )
    .post(
      '/',
      describe({
        summary: 'Say something; the same cid again answers the same chat',
        tags,
        responses: { 201: chatAnswer, 200: chatAnswer },
        errors: ['not_found', 'not_member', 'room_archived', 'cid_conflict', 'overloaded'],
      }),
      signedIn,
      validate('param', roomParam),
      validate('json', postChatSchema),
      async (c) => {
        const { roomId } = c.req.valid('param')
        const sender = c.get('asker').user
        const { chat, dup } = await deps.hub.post({ ...c.req.valid('json'), sender, roomId })
        return dup ? c.json({ chat }, 200) : c.json({ chat }, 201)
      },
    )
    .get(
      '/:chatId',
      describe({
        summary: 'One chat',
        tags,
        responses: { 200: chatAnswer },
        errors: ['not_found'],
      }),
      signedIn,
      validate('param', chatParam),
      async (c) => {
        const { roomId, chatId } = c.req.valid('param')
        await seeRoom(deps.sql, c.get('asker').user.id, roomId)
        return c.json({ chat: await findChat(deps.sql, roomId, chatId) }, 200)
      },
    )
    .get(
      '/:chatId/edits',
      describe({
        summary: 'What a chat said before each edit, oldest first',
        tags,
        responses: { 200: chatEditsSchema },
        errors: ['not_found'],
      }),
      signedIn,
      validate('param', chatParam),
      async (c) => {
        const { roomId, chatId } = c.req.valid('param')
        await seeRoom(deps.sql, c.get('asker').user.id, roomId)
        await findChat(deps.sql, roomId, chatId)
        return c.json({ edits: await editsOf(deps.sql, chatId) }, 200)
      },
    )
    .patch(
      '/:chatId',
      describe({
        summary: 'Change what one said',
        tags,
        responses: { 200: chatAnswer },
        errors: ['not_found', 'forbidden', 'room_archived', 'overloaded'],
      }),
      signedIn,
      validate('param', chatParam),
      validate('json', editChatSchema),
      async (c) => {
        const { message } = c.req.valid('json')
        const actor = c.get('asker').user
        const chat = await deps.hub.edit({ ...c.req.valid('param'), actor, message })
        if (!chat) throw refusal('not_found')
        return c.json({ chat }, 200)
      },
    )
    .delete(
      '/:chatId',
      describe({
        summary: 'Take a chat down: one’s own, or anyone’s as owner or admin of the room',
        tags,
        responses: { 200: chatAnswer },
        errors: ['not_found', 'forbidden', 'room_archived', 'overloaded'],
      }),
      signedIn,
      validate('param', chatParam),
      async (c) => {
        const actor = c.get('asker').user
        const chat = await deps.hub.edit({ ...c.req.valid('param'), actor, message: null })
        if (!chat) throw refusal('not_found')
        deps.log.info('Chat deleted', { chatId: chat.id, roomId: chat.roomId, actorId: actor.id })
        return c.json({ chat }, 200)
      },
    )
}
