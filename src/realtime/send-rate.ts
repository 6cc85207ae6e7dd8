import type { Clock } from './ports.ts'
import type { SharedCounts } from './shared-counts.ts'

export interface SendRateOptions {
  clock: Clock
  perSecond: number
  burst: number
  /** How long a user may keep hitting the limit. */
  graceMs: number
  /** What a user sends through other nodes counts too. */
  counts: SharedCounts
}

export type SendVerdict = { ok: true } | { ok: false; retryAfterMs: number; close: boolean }

interface Bucket {
  tokens: number
  atMs: number
  /** Since when this user has been over, while they go on; null when they are not. */
  overSinceMs: number | null
  refusedAtMs: number
}

/** Refusals further apart than this are no longer one stretch. */
const pauseMs = 2_000
const sweepAbove = 10_000
const limitName = 'chats'

/** A token bucket a user (security 36). Infinity for `perSecond` means none. */
export function createSendRate({ clock, perSecond, burst, graceMs, counts }: SendRateOptions) {
  const buckets = new Map<string, Bucket>()
  const isLimited = perSecond !== Number.POSITIVE_INFINITY

  /** Full buckets say nothing: they are forgotten. */
  const sweep = (nowMs: number): void => {
    for (const [userId, bucket] of buckets) {
      if (nowMs - bucket.atMs > (burst / perSecond) * 1_000 + pauseMs) buckets.delete(userId)
    }
  }

  const filled = (userId: string, nowMs: number): Bucket => {
    if (buckets.size > sweepAbove) sweep(nowMs)
    let bucket = buckets.get(userId)
    if (!bucket) {
      bucket = { tokens: burst, atMs: nowMs, overSinceMs: null, refusedAtMs: 0 }
      buckets.set(userId, bucket)
    }
    const elapsedMs = Math.max(0, nowMs - bucket.atMs)
    bucket.tokens = Math.min(burst, bucket.tokens + (elapsedMs / 1_000) * perSecond)
    bucket.atMs = nowMs
    return bucket
  }

  if (isLimited) {
    counts.onUsed(limitName, (userId, count) => {
      const bucket = filled(userId, clock())
      // A debt, so that over any longer time the rate holds; never more of it than a burst.
      bucket.tokens = Math.max(-burst, bucket.tokens - count)
    })
  }

  return {
    take(userId: string): SendVerdict {
      if (!isLimited) return { ok: true }
      const nowMs = clock()
      const bucket = filled(userId, nowMs)
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1
        counts.used(limitName, userId)
        return { ok: true }
      }
      const goesOn = bucket.overSinceMs !== null && nowMs - bucket.refusedAtMs <= pauseMs
      if (!goesOn) bucket.overSinceMs = nowMs
      bucket.refusedAtMs = nowMs
      return {
        ok: false,
        retryAfterMs: Math.ceil(((1 - bucket.tokens) / perSecond) * 1_000),
        close: nowMs - (bucket.overSinceMs ?? nowMs) >= graceMs,
      }
    },
  }
}
