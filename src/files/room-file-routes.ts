import { Hono } from 'hono'
import { z } from 'zod'
import { refusal } from '../chats/refusals.ts'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { roomFilesQuerySchema, roomFilesSchema, uploadQuerySchema } from '../protocol/files.ts'
import { idSchema } from '../protocol/text.ts'
import { seeMyRoom, seeRoom } from '../rooms/store.ts'
import { keep } from './keep.ts'
import { quotaExceeded } from './refusals.ts'
import { fileAnswer, tags } from './routes.ts'
import { insertFile, roomFiles, usedBytes } from './store.ts'
import { takeIn } from './take-in.ts'
import { createUploadSlots, uploadBody } from './upload-body.ts'

const roomParam = z.object({ roomId: idSchema })

/** Mounted at `/api/rooms/:roomId/files`. */
export function roomFileRoutes(deps: AppDeps) {
  const { config, sql, newId } = deps
  const signedIn = authenticate(deps)
  const inSlot = createUploadSlots()
  return new Hono<AppEnv>()
    .get(
      '/',
      describe({
        summary: 'The files that are posted in a room, the newest first',
        tags,
        responses: { 200: roomFilesSchema },
        errors: ['not_found', 'invalid_cursor'],
      }),
      signedIn,
      validate('param', roomParam),
      validate('query', roomFilesQuerySchema),
      async (c) => {
        const { roomId } = c.req.valid('param')
        await seeRoom(sql, c.get('asker').user.id, roomId)
        return c.json(await roomFiles(sql, roomId, c.req.valid('query').cursor), 200)
      },
    )
    .post(
      '/',
      describe({
        summary: 'Upload a file for a chat of mine in this room: the body is its bytes',
        tags,
        body: 'bytes',
        responses: { 201: fileAnswer },
        errors: [
          'not_found',
          'not_member',
          'room_archived',
          'malformed',
          'too_large',
          'quota_exceeded',
          'storage_full',
          'overloaded',
        ],
      }),
      signedIn,
      validate('param', roomParam),
      validate('query', uploadQuerySchema),
      async (c) => {
        const { roomId } = c.req.valid('param')
        const { name, alt } = c.req.valid('query')
        const ownerId = c.get('asker').user.id
        const { room } = await seeMyRoom(sql, ownerId, roomId)
        if (room.archivedAt) throw refusal('room_archived')
        const { LIMIT_FILE_BYTES: maxBytes, LIMIT_STORAGE_PER_USER_BYTES: quotaBytes } = config
        const body = uploadBody(c, maxBytes)
        // Counted again when it is stored; here it spares the way of bytes that will not fit.
        const announced = Number(c.req.header('content-length') ?? 0)
        if ((await usedBytes(sql, ownerId)) + announced > quotaBytes) {
          throw quotaExceeded(quotaBytes)
        }
        return inSlot(ownerId, async () => {
          const taken = await takeIn(deps.files, { name, alt, body, maxBytes })
          const file = { id: newId(), ...taken.shown }
          const added = {
            file,
            ownerId,
            roomId,
            hash: taken.body.hash,
            thumbHash: taken.thumb?.hash ?? null,
          }
          await keep({ sql, blobs: deps.files.blobs }, taken, (tx) =>
            insertFile(tx, added, quotaBytes),
          )
          return c.json({ file }, 201)
        })
      },
    )
}
