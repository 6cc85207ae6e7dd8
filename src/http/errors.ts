import type { Context, ErrorHandler, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { AppError, type ErrorBody } from '../protocol/errors.ts'
import type { AppEnv } from './context.ts'

const answer = (c: Context<AppEnv>, error: AppError): Response => {
  if (error.retryAfterMs !== undefined) {
    c.header('Retry-After', String(Math.ceil(error.retryAfterMs / 1_000)))
  }
  if (error.status === 401) c.header('WWW-Authenticate', 'Bearer')
  const body: ErrorBody = { error: error.toJSON() }
  return c.json(body, error.status)
}

/** The one place where errors become answers (security 57): nothing of the inside gets out. */
export const onError: ErrorHandler<AppEnv> = (error, c) => {
  if (error instanceof AppError) return answer(c, error)
  // Hono's own: a body that is not JSON.
  if (error instanceof HTTPException && error.status === 400) {
    return answer(c, new AppError('malformed', 'The body is not JSON'))
  }
  c.var.log.error('request failed: {error}', { error })
  return answer(
    c,
    new AppError('internal', `Something went wrong here (request ${c.var.requestId})`),
  )
}

/** What no route answers under `/api`: 405 when the path has other methods, else 404. */
export function unknownRoute(app: Pick<Hono<AppEnv>, 'routes'>) {
  const patterns = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({
      method,
      pattern: new RegExp(`^${path.replace(/:[^/]+/g, '[^/]+').replaceAll('*', '.*')}$`),
    }))
  return (c: Context<AppEnv>): never => {
    const allowed = new Set(
      patterns.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method),
    )
    if (allowed.size === 0) throw new AppError('not_found', 'There is nothing at this address')
    c.header('Allow', [...allowed].join(', '))
    throw new AppError('method_not_allowed', `This address takes ${[...allowed].join(', ')}`)
  }
}
