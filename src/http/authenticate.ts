import type { MiddlewareHandler } from 'hono'
import { AppError } from '../protocol/errors.ts'
import type { AppDeps, AppEnv } from './context.ts'

/** Lets in who bears an access token; a cookie alone never does. */
export const authenticate =
  ({ tokens }: Pick<AppDeps, 'tokens'>): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (!token)
      throw new AppError('unauthenticated', 'Sign in: Authorization: Bearer <access token>')
    const { user, sessionId, serverRole } = await tokens.verify(token)
    c.set('asker', { user, sessionId, serverRole })
    await next()
  }
