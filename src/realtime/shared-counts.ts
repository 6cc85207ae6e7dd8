import type { News } from './bus.ts'

/**
 * Limits that hold over all nodes: each tells the others what was used on it, a few times a second.
 * Within that time a limit can be passed by what the other nodes let through; what is told late
 * still counts.
 */
export interface SharedCounts {
  /** `key` of `limit` was used once on this node. */
  used: (limit: string, key: string) => void
  /** `key` of `limit` starts again. */
  forgiven: (limit: string, key: string) => void
  /** Hears what other nodes used of `limit`; a count of 0 means that the key starts again. */
  onUsed: (limit: string, hear: (key: string, count: number) => void) => void
}

interface SharedCountsHub extends SharedCounts {
  heard: (limit: string, keys: Record<string, number>) => void
  /** What was used here since the last call. */
  take: () => Extract<News, { type: 'used' }>[]
}

/** Under attack by many keys the others are told of so many each time. */
const keysMax = 10_000

export function createSharedCounts(): SharedCountsHub {
  const waiting = new Map<string, Map<string, number>>()
  const hearers = new Map<string, (key: string, count: number) => void>()

  const put = (limit: string, key: string, countAfter: (before: number) => number): void => {
    const keys = waiting.get(limit) ?? new Map<string, number>()
    waiting.set(limit, keys)
    if (keys.size < keysMax || keys.has(key)) keys.set(key, countAfter(keys.get(key) ?? 0))
  }

  return {
    used: (limit, key) => put(limit, key, (before) => before + 1),
    forgiven: (limit, key) => put(limit, key, () => 0),

    onUsed: (limit, hear) => void hearers.set(limit, hear),

    heard(limit, keys) {
      const hear = hearers.get(limit)
      if (hear) for (const [key, count] of Object.entries(keys)) hear(key, count)
    },

    take() {
      const news = [...waiting].map(([limit, keys]) => ({
        type: 'used' as const,
        limit,
        keys: Object.fromEntries(keys),
      }))
      waiting.clear()
      return news
    },
  }
}

export type SharedCountsOfHub = ReturnType<typeof createSharedCounts>
