import { Hono } from 'hono'
import type { TransactionSql } from 'postgres'
import { z } from 'zod'
import { keep } from '../files/keep.ts'
import { insertFile } from '../files/store.ts'
import { takeInSquare } from '../files/take-in.ts'
import { createUploadSlots, uploadBody } from '../files/upload-body.ts'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { meSchema, type Me } from '../protocol/users.ts'
import { toUser } from './shape.ts'
import { createUserStore } from './store.ts'

const tags = ['Users']
const answer = z.object({ user: meSchema })

/** Mounted at `/api/users/me/avatar`. */
export function avatarRoutes(deps: AppDeps) {
  const { config, sql, newId } = deps
  const store = createUserStore(deps.db)
  const signedIn = authenticate(deps)
  const inSlot = createUploadSlots()

  /** Everybody who sees the person hears of it. */
  const told = async (userId: string): Promise<Me> => {
    const user = await store.me(userId)
    deps.tokens.forget({ userId })
    deps.hub.userUpdated(toUser(user))
    return user
  }

  return new Hono<AppEnv>()
    .put(
      '/',
      describe({
        summary:
          'Set my picture: the body is an image, of which the middle is kept, 256 pixels wide and high',
        tags,
        body: 'bytes',
        responses: { 200: answer },
        errors: [
          'malformed',
          'too_large',
          'invalid',
          'quota_exceeded',
          'storage_full',
          'overloaded',
        ],
      }),
      signedIn,
      async (c) => {
        const ownerId = c.get('asker').user.id
        const maxBytes = config.LIMIT_FILE_BYTES
        const body = uploadBody(c, maxBytes)
        return inSlot(ownerId, async () => {
          const taken = await takeInSquare(deps.files, { body, maxBytes })
          const { hash } = taken.body
          const file = { id: newId(), ...taken.shown }
          const added = { file, ownerId, roomId: null, hash, thumbHash: hash }
          await keep({ sql, blobs: deps.files.blobs }, taken, async (tx) => {
            await insertFile(tx, added, config.LIMIT_STORAGE_PER_USER_BYTES)
            await wear(tx, ownerId, file.id)
          })
          return c.json({ user: await told(ownerId) }, 200)
        })
      },
    )
    .delete(
      '/',
      describe({ summary: 'Take my picture off', tags, responses: { 200: answer } }),
      signedIn,
      async (c) => {
        const userId = c.get('asker').user.id
        await sql.begin((tx) => wear(tx, userId, null))
        return c.json({ user: await told(userId) }, 200)
      },
    )
}

/** Profile pictures that are not worn any more are gone. */
async function wear(tx: TransactionSql, userId: string, fileId: string | null): Promise<void> {
  await tx`update users set avatar_id = ${fileId} where id = ${userId}`
  await tx`
    delete from files
    where owner_id = ${userId} and room_id is null and id is distinct from ${fileId}`
}
