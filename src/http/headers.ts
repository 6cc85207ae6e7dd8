import type { MiddlewareHandler } from 'hono'
import type { AppDeps, AppEnv } from './context.ts'

/** What a page of Parley may do (security 42, 43): load from here, talk to here, nothing inline. */
export const contentPolicy = (sockets: string, files: string | null = null): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Pictures come from the store of files where it has an address of its own.
    `img-src 'self' data: blob:${files ? ` ${files}` : ''}`,
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self' ${sockets}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // The client's compiled templates, and nothing else: web/ui/trusted-types.ts.
    'trusted-types parley-templates',
  ].join('; ')

/** Security headers on every answer. */
export function securityHeaders({ config }: Pick<AppDeps, 'config'>): MiddlewareHandler<AppEnv> {
  const isSecure = config.PUBLIC_URL?.startsWith('https:') === true
  const files = config.S3_ENDPOINT === undefined ? null : new URL(config.S3_ENDPOINT).origin
  return async (c, next) => {
    await next()
    const { headers } = c.res
    headers.set('X-Content-Type-Options', 'nosniff')
    headers.set('Referrer-Policy', 'no-referrer')
    headers.set('Cross-Origin-Resource-Policy', 'same-origin')
    if (isSecure) headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
    if (c.req.path.startsWith('/api/') && !headers.has('Cache-Control')) {
      headers.set('Cache-Control', 'no-store')
    }
    if (!headers.get('Content-Type')?.startsWith('text/html')) return
    const policy = contentPolicy(socketsOf(c.req.raw, config.PUBLIC_URL), files)
    headers.set('Content-Security-Policy', policy)
    headers.set('Cross-Origin-Opener-Policy', 'same-origin')
    headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=()')
  }
}

const hostPattern = /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i

/** `'self'` alone does not mean the socket of the same host in every browser. */
function socketsOf(request: Request, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return new URL(publicUrl).origin.replace(/^http/, 'ws')
  const named = request.headers.get('host') ?? ''
  // The header is the other side's: nothing of it may become a directive.
  const host = hostPattern.test(named) ? named : 'localhost'
  return `ws://${host} wss://${host}`
}
