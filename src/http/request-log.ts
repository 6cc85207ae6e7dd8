import type { MiddlewareHandler } from 'hono'
import type { AppDeps, AppEnv } from './context.ts'

/**
 * Gives each request an id and a line in the log: method, path, status, time. Never the query
 * (it may hold a token), a header or a body (security 5, 58). Reads that went well are `debug`.
 */
export const logRequests =
  ({
    log,
    newId,
    steadyClock,
  }: Pick<AppDeps, 'log' | 'newId' | 'steadyClock'>): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const requestId = newId()
    const own = log.with({ requestId })
    c.set('requestId', requestId)
    c.set('log', own)
    const startedMs = steadyClock()
    await next()
    c.res.headers.set('X-Request-Id', requestId)
    const { status } = c.res
    const line = {
      method: c.req.method,
      path: encodeURI(c.req.path).slice(0, 200),
      status,
      ms: Math.round(steadyClock() - startedMs),
    }
    if (status >= 500) own.error('{method} {path} {status} in {ms} ms', line)
    else if (status >= 400 || c.req.method !== 'GET')
      own.info('{method} {path} {status} in {ms} ms', line)
    else own.debug('{method} {path} {status} in {ms} ms', line)
  }
