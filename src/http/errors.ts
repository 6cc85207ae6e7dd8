import type { Context, ErrorHandler, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { isAway } from '../db/sql-errors.ts'
import { AppError } from '../protocol/errors.ts'
import type { ErrorBody } from '../protocol/errors.ts'
import type { AppEnv } from './context.ts'

/** The one place where errors become answers (security 57): nothing of the inside gets out. */
export const onError: ErrorHandler<AppEnv> = (error, c) => {
  const known = asAppError(error)
  if (known.code === 'internal') c.get('log')?.error('Request failed: {error}', { error })
  else if (known.code === 'overloaded' && known.cause)
    c.get('log')?.warn('Request put off: {error}', { error: known.cause })
  return answerError(c, known)
}

/** What no route answers: 405 when the path has other methods, else 404. */
export const unknownRoute =
  (app: Pick<Hono<AppEnv>, 'routes'>) =>
  (c: Context<AppEnv>): never => {
    const allowed = methodsAt(app.routes, c.req.path)
    if (allowed.length === 0) throw new AppError('not_found', 'There is nothing at this address')
    c.header('Allow', allowed.join(', '))
    throw new AppError('method_not_allowed', `This address takes ${allowed.join(', ')}`)
  }

function answerError(c: Context<AppEnv>, error: AppError): Response {
  if (error.retryAfterMs !== undefined) {
    c.header('Retry-After', String(Math.max(1, Math.ceil(error.retryAfterMs / 1_000))))
  }
  if (error.status === 401) {
    const fault = c.req.header('authorization') ? ', error="invalid_token"' : ''
    c.header('WWW-Authenticate', `Bearer realm="parley"${fault}`)
  }
  c.header('Cache-Control', 'no-store')
  return c.json<ErrorBody>({ error: error.toJSON() }, error.status)
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  // Hono's own refusals: a body that is not JSON, a broken percent-encoding.
  if (error instanceof HTTPException && error.status < 500) {
    return new AppError('malformed', error.message || 'The request could not be read')
  }
  if (isAway(error)) {
    return new AppError('overloaded', 'The database does not answer; try again soon', {
      cause: error,
      retryAfterMs: 1_000,
    })
  }
  return new AppError('internal', 'Something went wrong on the server', { cause: error })
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

function methodsAt(routes: Hono<AppEnv>['routes'], path: string): string[] {
  const found = new Set(
    routes.filter((route) => patternOf(route.path).test(path)).map((route) => route.method),
  )
  return methods.filter((method) => found.has(method))
}

/** A path of ours as a pattern: `:name` stands for one part. */
const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : RegExp.escape(part)))
      .join('/')}$`,
  )
