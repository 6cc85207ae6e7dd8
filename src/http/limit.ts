import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from '../protocol/errors.ts'
import type { Clock } from '../realtime/ports.ts'
import type { AppDeps, AppEnv } from './context.ts'

interface LimiterOptions {
  /** Infinity for none. */
  limit: number
  windowMs: number
  clock: Clock
}

export interface Limiter {
  /** Counts one for `key`. */
  take: (key: string) => { ok: boolean; retryAfterMs: number }
  /** Whether `take` would be refused, without counting. */
  isSpent: (key: string) => { ok: boolean; retryAfterMs: number }
  forget: (key: string) => void
}

const keysMax = 50_000

/** Counts in windows that start with a key's first use. */
export function createLimiter({ limit, windowMs, clock }: LimiterOptions): Limiter {
  const windows = new Map<string, { startMs: number; count: number }>()

  /** Ended windows first; under attack by many keys the oldest, so that memory stays bounded. */
  const makeRoom = (nowMs: number): void => {
    if (windows.size < keysMax) return
    for (const [key, window] of windows) {
      if (nowMs - window.startMs >= windowMs || windows.size > keysMax * 0.9) windows.delete(key)
    }
  }

  const windowOf = (key: string, nowMs: number): { startMs: number; count: number } => {
    const known = windows.get(key)
    if (known && nowMs - known.startMs < windowMs) return known
    makeRoom(nowMs)
    const fresh = { startMs: nowMs, count: 0 }
    windows.delete(key)
    windows.set(key, fresh)
    return fresh
  }

  const verdict = (window: { startMs: number; count: number }, nowMs: number, max: number) =>
    window.count <= max
      ? { ok: true, retryAfterMs: 0 }
      : { ok: false, retryAfterMs: window.startMs + windowMs - nowMs }

  return {
    take(key) {
      if (limit === Number.POSITIVE_INFINITY) return { ok: true, retryAfterMs: 0 }
      const nowMs = clock()
      const window = windowOf(key, nowMs)
      window.count += 1
      return verdict(window, nowMs, limit)
    },
    isSpent(key) {
      const nowMs = clock()
      const window = windows.get(key)
      if (!window || nowMs - window.startMs >= windowMs) return { ok: true, retryAfterMs: 0 }
      return verdict(window, nowMs, limit - 1)
    },
    forget: (key) => void windows.delete(key),
  }
}

/** The other side's address, as the entry found it: of the socket, or of a trusted proxy's header. */
export const peerAddress = (c: Context<AppEnv>): string => c.env.peerAddress ?? 'unknown'

/**
 * The address that a request came from. `X-Forwarded-For` counts only behind a trusted proxy, and
 * only its last entry: that one the proxy wrote itself (security 37).
 */
export function addressOf(request: Request, socketAddress: string, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.headers.get('x-forwarded-for') : null
  return forwarded?.split(',').at(-1)?.trim() || socketAddress
}

/** So many requests a minute from one address, to anything under `/api`. */
export function limitRequests({
  config,
  clock,
}: Pick<AppDeps, 'config' | 'clock'>): MiddlewareHandler<AppEnv> {
  const limiter = createLimiter({
    limit: config.LIMIT_REQUESTS_PER_MINUTE,
    windowMs: 60_000,
    clock,
  })
  return async (c, next) => {
    const { ok, retryAfterMs } = limiter.take(peerAddress(c))
    if (!ok)
      throw new AppError('rate_limited', 'Too many requests from this address', { retryAfterMs })
    await next()
  }
}
