import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from '../protocol/errors.ts'
import type { Clock } from '../realtime/ports.ts'
import type { SharedCounts } from '../realtime/shared-counts.ts'
import { bearerToken, readerOf } from './authenticate.ts'
import type { AppDeps, AppEnv } from './context.ts'
import { readFileCookie } from './file-cookie.ts'
import { peerAddress } from './peer-address.ts'

interface LimiterOptions {
  /** By which nodes tell each other what was used of it. */
  name: string
  counts: SharedCounts
  /** Infinity for none. */
  limit: number
  windowMs: number
  /** Steady. */
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

/** Counts in windows that start with a key's first use, on whichever node. */
export function createLimiter(options: LimiterOptions): Limiter {
  const { name, counts, limit, windowMs, clock } = options
  const isLimited = limit !== Number.POSITIVE_INFINITY
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

  if (isLimited) {
    counts.onUsed(name, (key, count) => {
      if (count === 0) windows.delete(key)
      else windowOf(key, clock()).count += count
    })
  }

  return {
    take(key) {
      if (!isLimited) return { ok: true, retryAfterMs: 0 }
      const nowMs = clock()
      const window = windowOf(key, nowMs)
      window.count += 1
      counts.used(name, key)
      return verdict(window, nowMs, limit)
    },
    isSpent(key) {
      const nowMs = clock()
      const window = windows.get(key)
      if (!window || nowMs - window.startMs >= windowMs) return { ok: true, retryAfterMs: 0 }
      return verdict(window, nowMs, limit - 1)
    },
    forget(key) {
      windows.delete(key)
      if (isLimited) counts.forgiven(name, key)
    },
  }
}

/** So many API requests a minute for each user, or for an address where nobody is signed in. */
export function limitRequests(
  deps: Pick<AppDeps, 'config' | 'steadyClock' | 'tokens' | 'counts'>,
): MiddlewareHandler<AppEnv> {
  const limiter = createLimiter({
    name: 'requests',
    counts: deps.counts,
    limit: deps.config.LIMIT_REQUESTS_PER_MINUTE,
    windowMs: 60_000,
    clock: deps.steadyClock,
  })
  return async (c, next) => {
    const { ok, retryAfterMs } = limiter.take(await countedAs(c, deps))
    if (!ok) {
      throw new AppError('rate_limited', 'Too many requests; try again later', { retryAfterMs })
    }
    await next()
  }
}

async function countedAs(
  c: Context<AppEnv>,
  deps: Pick<AppDeps, 'tokens' | 'config'>,
): Promise<string> {
  // A room full of pictures is asked for by its people, not by the one address of their office.
  const isReader =
    c.req.method === 'GET' && c.req.path.startsWith('/api/files/') && readFileCookie(c, deps.config)
  if (bearerToken(c) || isReader) {
    try {
      const asker = await readerOf(c, deps)
      c.set('asker', asker)
      return `user ${asker.user.id}`
    } catch (error) {
      // A token that is no good counts for the address; the route that needs one says what is wrong.
      if (!(error instanceof AppError)) throw error
    }
  }
  return `address ${peerAddress(c)}`
}
