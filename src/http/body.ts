import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { AppError } from '../protocol/errors.ts'
import { limits } from '../protocol/limits.ts'
import type { AppEnv } from './context.ts'

/** Bodies are JSON and not too large, whether or not they say how long they are. */
export const limitBody: MiddlewareHandler<AppEnv> = bodyLimit({
  maxSize: limits.bodyBytes,
  onError: () => {
    throw new AppError('too_large', `A body has at most ${limits.bodyBytes} bytes`)
  },
})

export const requireJson: MiddlewareHandler<AppEnv> = async (c, next) => {
  const hasBody =
    c.req.header('transfer-encoding') !== undefined ||
    Number(c.req.header('content-length') ?? 0) > 0
  if (hasBody && !/^application\/json(;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new AppError('unsupported_media_type', 'Send Content-Type: application/json')
  }
  await next()
}
