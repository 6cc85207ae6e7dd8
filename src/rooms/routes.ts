import { Hono } from 'hono'
import { z } from 'zod'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import {
  browsePageSchema,
  browseQuerySchema,
  createDirectSchema,
  createRoomSchema,
  markReadSchema,
  myRoomSchema,
  roomPreferencesSchema,
  roomSchema,
  seenRoomSchema,
  updateRoomSchema,
} from '../protocol/rooms.ts'
import { pinsSchema } from '../protocol/lists.ts'
import { idSchema, isStorable } from '../protocol/text.ts'
import { pinnedChats } from '../chats/chat-reads.ts'
import { refusal } from '../chats/refusals.ts'
import { createRoom } from './create-room.ts'
import { openDirectRoom, placesIn } from './direct-room.ts'
import { memberRoutes } from './member-routes.ts'
import { myRoom, myRooms, savePreferences } from './my-rooms.ts'
import { browseRooms, seeMyRoom, seeRoom, seeRoomBySlug, type SeenRoom } from './store.ts'

const roomParam = z.object({ roomId: idSchema })
const slugParam = z.object({ slug: z.string().max(200).refine(isStorable) })
const tags = ['Rooms']

/** Mounted at `/api/rooms`. */
export const roomRoutes = (deps: AppDeps) => {
  const asSeenBy = async (userId: string, { room, role }: SeenRoom) => ({
    room,
    mine: role ? await myRoom(deps.sql, userId, room.id) : null,
  })
  const mineAfter = async (userId: string, roomId: string) => {
    const room = await myRoom(deps.sql, userId, roomId)
    if (!room) throw refusal('not_found')
    return room
  }

  const signedIn = authenticate(deps)
  return new Hono<AppEnv>()
    .get(
      '/',
      describe({
        summary: 'My rooms, with what is unread in each',
        tags,
        responses: { 200: z.object({ rooms: z.array(myRoomSchema) }) },
      }),
      signedIn,
      async (c) => c.json({ rooms: await myRooms(deps.sql, c.get('asker').user.id) }, 200),
    )
    .post(
      '/',
      describe({
        summary: 'Make a room; whoever makes it owns it',
        tags,
        responses: { 201: z.object({ room: myRoomSchema }) },
        errors: ['name_taken'],
      }),
      signedIn,
      validate('json', createRoomSchema),
      async (c) => {
        const { name, kind, topic = '' } = c.req.valid('json')
        const actor = c.get('asker').user
        const room = await createRoom(deps.sql, deps.newId, { actor, name, kind, topic })
        deps.hub.roomCreated([{ userId: actor.id, room }])
        return c.json({ room }, 201)
      },
    )
    .get(
      '/browse',
      describe({
        summary: 'Public rooms by name',
        tags,
        responses: { 200: browsePageSchema },
        errors: ['invalid_cursor'],
      }),
      signedIn,
      validate('query', browseQuerySchema),
      async (c) => {
        const page = await browseRooms(deps.sql, c.get('asker').user.id, c.req.valid('query'))
        return c.json(page, 200)
      },
    )
    .post(
      '/direct',
      describe({
        summary: 'The direct room with exactly these people, made once',
        tags,
        responses: {
          201: z.object({ room: myRoomSchema }),
          200: z.object({ room: myRoomSchema }),
        },
        errors: ['not_found'],
      }),
      signedIn,
      validate('json', createDirectSchema),
      async (c) => {
        const me = c.get('asker').user.id
        const { userIds } = c.req.valid('json')
        const direct = await openDirectRoom(deps.sql, deps.newId, me, userIds)
        if (direct.created) deps.hub.roomCreated(await placesIn(deps.sql, direct))
        const room = await mineAfter(me, direct.roomId)
        return direct.created ? c.json({ room }, 201) : c.json({ room }, 200)
      },
    )
    .get(
      '/by-slug/:slug',
      describe({
        summary: 'A room by its address',
        tags,
        responses: { 200: seenRoomSchema },
        errors: ['not_found'],
      }),
      signedIn,
      validate('param', slugParam),
      async (c) => {
        const me = c.get('asker').user.id
        const seen = await seeRoomBySlug(deps.sql, me, c.req.valid('param').slug)
        return c.json(await asSeenBy(me, seen), 200)
      },
    )
    .get(
      '/:roomId',
      describe({
        summary: 'A room by its id',
        tags,
        responses: { 200: seenRoomSchema },
        errors: ['not_found'],
      }),
      signedIn,
      validate('param', roomParam),
      async (c) => {
        const me = c.get('asker').user.id
        const seen = await seeRoom(deps.sql, me, c.req.valid('param').roomId)
        return c.json(await asSeenBy(me, seen), 200)
      },
    )
    .patch(
      '/:roomId',
      describe({
        summary: 'Rename, set the topic, archive or bring back',
        tags,
        responses: { 200: z.object({ room: roomSchema }) },
        errors: ['not_found', 'not_member', 'forbidden', 'name_taken', 'room_archived', 'conflict'],
      }),
      signedIn,
      validate('param', roomParam),
      validate('json', updateRoomSchema),
      async (c) => {
        const { roomId } = c.req.valid('param')
        const actor = c.get('asker').user
        const change = { type: 'update', ...c.req.valid('json') } as const
        await deps.hub.changeRoom({ roomId, actor, change })
        const { room } = await seeRoom(deps.sql, actor.id, roomId)
        return c.json({ room }, 200)
      },
    )
    .post(
      '/:roomId/join',
      describe({
        summary: 'Join a public room',
        tags,
        responses: { 200: z.object({ room: myRoomSchema }) },
        errors: ['not_found', 'room_archived'],
      }),
      signedIn,
      validate('param', roomParam),
      async (c) => {
        const { roomId } = c.req.valid('param')
        const actor = c.get('asker').user
        await deps.hub.changeRoom({ roomId, actor, change: { type: 'join' } })
        return c.json({ room: await mineAfter(actor.id, roomId) }, 200)
      },
    )
    .post(
      '/:roomId/leave',
      describe({
        summary: 'Leave a room',
        tags,
        responses: { 204: null },
        errors: ['not_found', 'last_owner', 'conflict'],
      }),
      signedIn,
      validate('param', roomParam),
      async (c) => {
        const { roomId } = c.req.valid('param')
        const actor = c.get('asker').user
        await deps.hub.changeRoom({ roomId, actor, change: { type: 'leave' } })
        return c.body(null, 204)
      },
    )
    .post(
      '/:roomId/read',
      describe({
        summary: 'Say how far one has read; it only moves forward, but with `back`',
        tags,
        responses: { 204: null },
        errors: ['not_found', 'not_member'],
      }),
      signedIn,
      validate('param', roomParam),
      validate('json', markReadSchema),
      async (c) => {
        const me = c.get('asker').user.id
        const { room } = await seeMyRoom(deps.sql, me, c.req.valid('param').roomId)
        const { seq, back } = c.req.valid('json')
        if (back) await deps.hub.markUnread(me, room.id, seq)
        else await deps.hub.markRead(me, room.id, Math.min(seq, room.lastSeq))
        return c.body(null, 204)
      },
    )
    .get(
      '/:roomId/pins',
      describe({
        summary: 'What is pinned in the room, the newest chat first',
        tags,
        responses: { 200: pinsSchema },
        errors: ['not_found'],
      }),
      signedIn,
      validate('param', roomParam),
      async (c) => {
        const { roomId } = c.req.valid('param')
        await seeRoom(deps.sql, c.get('asker').user.id, roomId)
        return c.json({ chats: await pinnedChats(deps.sql, roomId) }, 200)
      },
    )
    .put(
      '/:roomId/preferences',
      describe({
        summary: 'How I hear of the room',
        tags,
        responses: { 200: z.object({ preferences: roomPreferencesSchema }) },
        errors: ['not_found', 'not_member'],
      }),
      signedIn,
      validate('param', roomParam),
      validate('json', roomPreferencesSchema),
      async (c) => {
        const { roomId } = c.req.valid('param')
        const me = c.get('asker').user.id
        await seeMyRoom(deps.sql, me, roomId)
        const preferences = c.req.valid('json')
        await savePreferences(deps.sql, me, roomId, preferences)
        deps.hub.tell(me, { type: 'room_preferences', roomId, preferences })
        return c.json({ preferences }, 200)
      },
    )
    .route('/:roomId/members', memberRoutes(deps))
}
