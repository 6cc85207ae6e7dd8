import { Hono } from 'hono'
import { z } from 'zod'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import {
  addMemberSchema,
  membersPageSchema,
  membersQuerySchema,
  memberSchema,
  updateMemberSchema,
} from '../protocol/rooms.ts'
import { idSchema } from '../protocol/text.ts'
import { getMember, listMembers, seeRoom } from './store.ts'

const roomParam = z.object({ roomId: idSchema })
const memberParam = z.object({ roomId: idSchema, userId: idSchema })
const memberAnswer = z.object({ member: memberSchema })
const tags = ['Members']

/** Mounted at `/:roomId/members` of the room routes. */
export function memberRoutes(deps: AppDeps) {
  const signedIn = authenticate(deps)
  return new Hono<AppEnv>()
    .get(
      '/',
      describe({
        summary: 'Who is in the room, by name',
        tags,
        responses: { 200: membersPageSchema },
        errors: ['not_found', 'invalid_cursor'],
      }),
      signedIn,
      validate('param', roomParam),
      validate('query', membersQuerySchema),
      async (c) => {
        const { roomId } = c.req.valid('param')
        await seeRoom(deps.sql, c.get('asker').user.id, roomId)
        return c.json(await listMembers(deps.sql, roomId, c.req.valid('query').cursor), 200)
      },
    )
    .post(
      '/',
      describe({
        summary: 'Bring someone in',
        tags,
        responses: { 200: memberAnswer },
        errors: ['not_found', 'not_member', 'room_archived', 'conflict'],
      }),
      signedIn,
      validate('param', roomParam),
      validate('json', addMemberSchema),
      async (c) => {
        const { roomId } = c.req.valid('param')
        const { userId } = c.req.valid('json')
        const actor = c.get('asker').user
        await deps.hub.changeRoom({ roomId, actor, change: { type: 'add', userId } })
        return c.json({ member: await getMember(deps.sql, roomId, userId) }, 200)
      },
    )
    .patch(
      '/:userId',
      describe({
        summary: 'Change a member’s role',
        tags,
        responses: { 200: memberAnswer },
        errors: ['not_found', 'not_member', 'forbidden', 'last_owner', 'room_archived', 'conflict'],
      }),
      signedIn,
      validate('param', memberParam),
      validate('json', updateMemberSchema),
      async (c) => {
        const { roomId, userId } = c.req.valid('param')
        const { role } = c.req.valid('json')
        const actor = c.get('asker').user
        await deps.hub.changeRoom({ roomId, actor, change: { type: 'role', userId, role } })
        return c.json({ member: await getMember(deps.sql, roomId, userId) }, 200)
      },
    )
    .delete(
      '/:userId',
      describe({
        summary: 'Take someone out; oneself leaves',
        tags,
        responses: { 204: null },
        errors: ['not_found', 'not_member', 'forbidden', 'last_owner', 'room_archived', 'conflict'],
      }),
      signedIn,
      validate('param', memberParam),
      async (c) => {
        const { roomId, userId } = c.req.valid('param')
        const actor = c.get('asker').user
        await deps.hub.changeRoom({ roomId, actor, change: { type: 'remove', userId } })
        return c.body(null, 204)
      },
    )
}
