import type { MiddlewareHandler } from 'hono'
import { AppError } from '../protocol/errors.ts'
import type { AppDeps, AppEnv } from './context.ts'

interface OwnAddress {
  /** What the operator says the address is; then nothing else is. */
  publicUrl?: string | undefined
}

/** Whether a page of `origin` is one of ours: the public URL's, or the host that the request names. */
export function isOwnOrigin(origin: string, request: Request, { publicUrl }: OwnAddress): boolean {
  if (!URL.canParse(origin)) return false
  if (publicUrl !== undefined) return origin === new URL(publicUrl).origin
  return new URL(origin).host === request.headers.get('host')
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Pages of others change nothing here, whatever cookie the browser adds (security 14, 56). */
export const requireSameOrigin =
  ({ config }: Pick<AppDeps, 'config'>): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    if (!safe.has(c.req.method)) {
      const origin = c.req.header('origin')
      const isForeign =
        origin === undefined
          ? c.req.header('sec-fetch-site') === 'cross-site'
          : !isOwnOrigin(origin, c.req.raw, { publicUrl: config.PUBLIC_URL })
      if (isForeign) throw new AppError('bad_origin', 'Requests of other origins are refused')
    }
    await next()
  }

/** Under an https address nothing is answered in clear, not even by a redirect (security 6). */
export const requireHttps =
  ({ config }: Pick<AppDeps, 'config'>): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    if (config.PUBLIC_URL?.startsWith('https:') && !isHttps(c.req.raw, config.TRUST_PROXY)) {
      throw new AppError(
        'https_required',
        'Use https. Behind a proxy that speaks it, set TRUST_PROXY=true and pass X-Forwarded-Proto',
      )
    }
    await next()
  }

const isHttps = (request: Request, trustProxy: boolean): boolean =>
  request.url.startsWith('https:') ||
  (trustProxy && request.headers.get('x-forwarded-proto')?.split(',').at(-1)?.trim() === 'https')
