import type { MiddlewareHandler } from 'hono'
import type { AppDeps, AppEnv } from './context.ts'

/** What a page of Parley may do (security 42, 43): load from here, talk to here, nothing inline. */
export const contentPolicy = (host: string, isSecure: boolean): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${isSecure ? 'wss' : 'ws'}://${host}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // Solid clones its templates through innerHTML; web/ui/trusted-types.ts says what the policy lets pass.
    'trusted-types default',
  ].join('; ')

const hostPattern = /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i

/** Security headers on every answer. */
export const securityHeaders = ({ config }: Pick<AppDeps, 'config'>): MiddlewareHandler<AppEnv> => {
  const isSecure = config.PUBLIC_URL?.startsWith('https:') === true
  return async (c, next) => {
    await next()
    const { headers } = c.res
    headers.set('X-Content-Type-Options', 'nosniff')
    headers.set('Referrer-Policy', 'no-referrer')
    headers.set('Cross-Origin-Resource-Policy', 'same-origin')
    if (isSecure) headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
    if (c.req.path.startsWith('/api/') && !headers.has('Cache-Control'))
      headers.set('Cache-Control', 'no-store')
    if (!headers.get('Content-Type')?.startsWith('text/html')) return
    const host = c.req.header('host') ?? ''
    headers.set(
      'Content-Security-Policy',
      contentPolicy(hostPattern.test(host) ? host : 'localhost', isSecure),
    )
    headers.set('Cross-Origin-Opener-Policy', 'same-origin')
    headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=()')
  }
}
