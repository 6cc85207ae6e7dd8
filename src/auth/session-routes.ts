import { Hono } from 'hono'
import { z } from 'zod'
import { authenticate } from '../http/authenticate.ts'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { AppError } from '../protocol/errors.ts'
import { idSchema } from '../protocol/text.ts'
import { sessionSchema } from '../protocol/users.ts'
import { done, doneSchema, tags, type AccountDesk } from './account-desk.ts'

/** Where I am signed in, and ending it there. */
export function sessionRoutes(deps: AppDeps, { sessions, ended }: AccountDesk) {
  const { log } = deps
  const signedIn = authenticate(deps)

  return new Hono<AppEnv>()
    .get(
      '/sessions',
      describe({
        summary: 'My sessions, the last used first',
        tags,
        responses: { 200: z.object({ sessions: z.array(sessionSchema) }) },
      }),
      signedIn,
      async (c) => {
        const { user, sessionId } = c.var.asker
        return c.json({ sessions: await sessions.list(user.id, sessionId) }, 200)
      },
    )
    .delete(
      '/sessions/:id',
      describe({
        summary: 'End one of my sessions',
        tags,
        responses: { 200: doneSchema },
        errors: ['not_found'],
      }),
      signedIn,
      validate('param', z.object({ id: idSchema })),
      async (c) => {
        const { id } = c.req.valid('param')
        const userId = c.var.asker.user.id
        if (!(await sessions.revoke(userId, id))) throw new AppError('not_found', 'No such session')
        ended(id)
        log.info('audit: session revoked {userId} {sessionId}', { userId, sessionId: id })
        return c.json(done, 200)
      },
    )
    .post(
      '/sessions/revoke-others',
      describe({
        summary: 'End all my sessions but this one',
        tags,
        responses: { 200: doneSchema },
      }),
      signedIn,
      async (c) => {
        const { user, sessionId } = c.var.asker
        for (const id of await sessions.revokeOthers(user.id, sessionId)) ended(id)
        log.info('audit: other sessions revoked {userId}', { userId: user.id })
        return c.json(done, 200)
      },
    )
}
