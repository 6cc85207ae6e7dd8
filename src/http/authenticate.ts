import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from '../protocol/errors.ts'
import type { AppDeps, AppEnv, Asker } from './context.ts'
import { readFileCookie } from './file-cookie.ts'

/** Lets in who bears an access token, and says who asks: `c.get('asker')`. A cookie alone never does. */
export const authenticate =
  (deps: Pick<AppDeps, 'tokens'>): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    // The request limiter may have asked already, to count by user.
    if (!c.get('asker')) c.set('asker', await askerOf(c, deps))
    await next()
  }

/** The same for reading files, which the browser asks for by itself: its cookie opens them, and nothing else. */
export const authenticateReader =
  (deps: Pick<AppDeps, 'tokens' | 'config'>): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    if (!c.get('asker')) c.set('asker', await readerOf(c, deps))
    await next()
  }

/** @throws AppError `unauthenticated`, `token_expired` or `session_revoked` */
export async function readerOf(
  c: Context<AppEnv>,
  deps: Pick<AppDeps, 'tokens' | 'config'>,
): Promise<Asker> {
  const cookie = bearerToken(c) ? undefined : readFileCookie(c, deps.config)
  if (!cookie) return askerOf(c, deps)
  const { user, sessionId, serverRole } = await deps.tokens.verify(cookie, 'files')
  return { user, sessionId, serverRole }
}

/** @throws AppError `unauthenticated`, `token_expired` or `session_revoked` */
export async function askerOf(c: Context<AppEnv>, deps: Pick<AppDeps, 'tokens'>): Promise<Asker> {
  const token = bearerToken(c)
  if (!token) throw new AppError('unauthenticated', 'Sign in: Authorization: Bearer <access token>')
  const { user, sessionId, serverRole } = await deps.tokens.verify(token)
  return { user, sessionId, serverRole }
}

export const bearerToken = (c: Context<AppEnv>): string | undefined =>
  /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
