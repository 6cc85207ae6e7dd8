import type { MiddlewareHandler } from 'hono'
import { AppError } from '../protocol/errors.ts'
import type { AppDeps, AppEnv } from './context.ts'

interface OwnAddress {
  /** What the operator says the address is; then nothing else is. */
  publicUrl?: string | undefined
}

/**
 * Whether a page of `origin` is one of ours: the public URL's, or the host that the request names.
 * Compared whole, so that no prefix or suffix passes (security 1).
 */
export function isOwnOrigin(origin: string, request: Request, { publicUrl }: OwnAddress): boolean {
  if (publicUrl !== undefined) return origin === new URL(publicUrl).origin
  const host = request.headers.get('host')?.toLowerCase() ?? new URL(request.url).host
  // A proxy may speak TLS for us without saying so; the host still has to be ours.
  return origin === `http://${host}` || origin === `https://${host}`
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Pages of others change nothing here, whatever cookie the browser adds (security 14, 56). */
export function requireSameOrigin({ config }: Pick<AppDeps, 'config'>): MiddlewareHandler<AppEnv> {
  const own = { publicUrl: config.PUBLIC_URL }
  return async (c, next) => {
    if (!safeMethods.has(c.req.method) && isForeign(c.req.raw, own)) {
      throw new AppError(
        'bad_origin',
        'Requests of other origins are refused. Behind a proxy, set PUBLIC_URL to the address people use',
      )
    }
    await next()
  }
}

function isForeign(request: Request, own: OwnAddress): boolean {
  const origin = request.headers.get('origin')
  if (origin !== null) return !isOwnOrigin(origin, request, own)
  const site = request.headers.get('sec-fetch-site')
  return site === 'cross-site' || site === 'same-site'
}

/** Under an https address nothing is answered in clear, not even by a redirect (security 6). */
export function requireHttps({ config }: Pick<AppDeps, 'config'>): MiddlewareHandler<AppEnv> {
  const isRequired = config.PUBLIC_URL?.startsWith('https:') === true
  return async (c, next) => {
    if (isRequired && !isHttps(c.req.raw, config.TRUST_PROXY)) {
      throw new AppError(
        'https_required',
        'Use https. Behind a proxy that speaks it, set TRUST_PROXY=true and pass X-Forwarded-Proto',
      )
    }
    await next()
  }
}

const isHttps = (request: Request, trustProxy: boolean): boolean =>
  request.url.startsWith('https:') ||
  (trustProxy && request.headers.get('x-forwarded-proto')?.split(',').at(-1)?.trim() === 'https')
