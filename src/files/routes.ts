import { Hono } from 'hono'
import { z } from 'zod'
import { authenticate, authenticateReader } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import {
  downloadQuerySchema,
  fileLimitsSchema,
  fileSchema,
  updateFileSchema,
} from '../protocol/files.ts'
import { idSchema } from '../protocol/text.ts'
import { cleanName } from './file-name.ts'
import { noSuchFile } from './refusals.ts'
import { serve } from './serve.ts'
import { mayChange, posted, removeFile, replaceFile, seeFile, usedBytes } from './store.ts'

export const tags = ['Files']
export const fileAnswer = z.object({ file: fileSchema })
const fileParam = z.object({ fileId: idSchema })

/** Mounted at `/api/files`. */
export function fileRoutes(deps: AppDeps) {
  const { config, sql } = deps
  const { blobs } = deps.files
  const signedIn = authenticate(deps)
  const reader = authenticateReader(deps)
  return new Hono<AppEnv>()
    .get(
      '/limits',
      describe({
        summary: 'What I may upload',
        tags,
        responses: { 200: fileLimitsSchema },
      }),
      signedIn,
      async (c) => {
        const used = await usedBytes(sql, c.get('asker').user.id)
        const [maxBytes, quotaBytes] = [
          config.LIMIT_FILE_BYTES,
          config.LIMIT_STORAGE_PER_USER_BYTES,
        ]
        return c.json(
          {
            maxBytes: Number.isFinite(maxBytes) ? maxBytes : 0,
            quotaBytes: Number.isFinite(quotaBytes) ? quotaBytes : null,
            usedBytes: used,
          },
          200,
        )
      },
    )
    .get(
      '/:fileId',
      describe({
        summary:
          'A file that I may see: its bytes, or a part of them; or where they are for a minute',
        tags,
        responses: { 200: 'bytes', 206: 'bytes', 302: null, 304: null, 416: null },
        errors: ['not_found'],
      }),
      reader,
      validate('param', fileParam),
      validate('query', downloadQuerySchema),
      async (c) => {
        const { file, hash, roomId } = await seeFile(
          sql,
          c.get('asker').user.id,
          c.req.valid('param').fileId,
        )
        const isDownload = c.req.valid('query').download !== undefined
        return serve(c, blobs, { ...file, hash, isDownload, isPublic: roomId === null })
      },
    )
    .get(
      '/:fileId/thumb',
      describe({
        summary:
          'The smaller picture of an image, at most 720 pixels wide and high; or a profile picture',
        tags,
        responses: { 200: 'bytes', 206: 'bytes', 302: null, 304: null, 416: null },
        errors: ['not_found'],
      }),
      reader,
      validate('param', fileParam),
      async (c) => {
        const { file, thumb, roomId } = await seeFile(
          sql,
          c.get('asker').user.id,
          c.req.valid('param').fileId,
        )
        if (!thumb) throw noSuchFile()
        return serve(c, blobs, {
          ...thumb,
          name: `${file.name}.webp`,
          type: 'image/webp',
          kind: 'image',
          isDownload: false,
          isPublic: roomId === null,
        })
      },
    )
    .patch(
      '/:fileId',
      describe({
        summary: 'Rename or describe an upload of mine, while it is not posted',
        tags,
        responses: { 200: fileAnswer },
        errors: ['not_found', 'forbidden', 'conflict'],
      }),
      signedIn,
      validate('param', fileParam),
      validate('json', updateFileSchema),
      async (c) => {
        const old = await mayChange(sql, c.get('asker').user.id, c.req.valid('param').fileId)
        const { name, alt = old.alt } = c.req.valid('json')
        const { alt: _, ...rest } = old
        const changed = {
          ...rest,
          ...(name !== undefined && { name: cleanName(name) }),
          ...(alt && { alt }),
        }
        if (!(await replaceFile(sql, changed))) throw posted()
        return c.json({ file: changed }, 200)
      },
    )
    .delete(
      '/:fileId',
      describe({
        summary: 'Take back an upload of mine, while it is not posted',
        tags,
        responses: { 204: null },
        errors: ['not_found', 'forbidden', 'conflict'],
      }),
      signedIn,
      validate('param', fileParam),
      async (c) => {
        const { id } = await mayChange(sql, c.get('asker').user.id, c.req.valid('param').fileId)
        if (!(await removeFile(sql, id))) throw posted()
        return c.body(null, 204)
      },
    )
}
