import { Hono } from 'hono'
import { z } from 'zod'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { chatSchema } from '../protocol/chats.ts'
import type { ErrorCode } from '../protocol/errors.ts'
import { emojiSchema, idSchema } from '../protocol/text.ts'

const chatParam = z.object({ roomId: idSchema, chatId: idSchema })
const reactionParam = chatParam.extend({ emoji: emojiSchema })
const responses = { 200: z.object({ chat: chatSchema }) }
const tags = ['Chats']
const errors: ErrorCode[] = ['not_found', 'not_member', 'room_archived', 'overloaded']

/** What anyone in the room sets on a chat. Mounted at `/api/rooms/:roomId/chats`. */
export function markRoutes(deps: AppDeps) {
  const signedIn = authenticate(deps)
  return new Hono<AppEnv>()
    .put(
      '/:chatId/reactions/:emoji',
      describe({
        summary: 'React with an emoji',
        tags,
        responses,
        errors: [...errors, 'conflict'],
      }),
      signedIn,
      validate('param', reactionParam),
      async (c) => {
        const { emoji, ...at } = c.req.valid('param')
        const actor = c.get('asker').user
        const chat = await deps.hub.mark({
          ...at,
          actor,
          mark: { type: 'reaction', emoji },
          on: true,
        })
        return c.json({ chat }, 200)
      },
    )
    .delete(
      '/:chatId/reactions/:emoji',
      describe({ summary: 'Take my reaction off', tags, responses, errors }),
      signedIn,
      validate('param', reactionParam),
      async (c) => {
        const { emoji, ...at } = c.req.valid('param')
        const actor = c.get('asker').user
        const chat = await deps.hub.mark({
          ...at,
          actor,
          mark: { type: 'reaction', emoji },
          on: false,
        })
        return c.json({ chat }, 200)
      },
    )
    .put(
      '/:chatId/pin',
      describe({ summary: 'Pin a chat to its room', tags, responses, errors }),
      signedIn,
      validate('param', chatParam),
      async (c) => {
        const actor = c.get('asker').user
        const at = c.req.valid('param')
        const chat = await deps.hub.mark({ ...at, actor, mark: { type: 'pin' }, on: true })
        return c.json({ chat }, 200)
      },
    )
    .delete(
      '/:chatId/pin',
      describe({ summary: 'Take a pin off', tags, responses, errors }),
      signedIn,
      validate('param', chatParam),
      async (c) => {
        const actor = c.get('asker').user
        const at = c.req.valid('param')
        const chat = await deps.hub.mark({ ...at, actor, mark: { type: 'pin' }, on: false })
        return c.json({ chat }, 200)
      },
    )
    .delete(
      '/:chatId/links',
      describe({
        summary: 'Take the previews of a chat’s links off, for good: its author, or an admin',
        tags,
        responses,
        errors: [...errors, 'forbidden'],
      }),
      signedIn,
      validate('param', chatParam),
      async (c) => {
        const actor = c.get('asker').user
        const at = c.req.valid('param')
        const chat = await deps.hub.mark({
          ...at,
          actor,
          mark: { type: 'links', links: [] },
          on: false,
        })
        return c.json({ chat }, 200)
      },
    )
}
