import type { Clock, HubEvent, RoomReads } from './ports.ts'

const pauseMs = 250

/**
 * Read positions on their way to the database: the furthest of each member, saved in one statement
 * for all that wait, one at a time. A position is not a chat: a crash may lose the last second of
 * them, and the client says it again.
 */
export function createReadQueue({
  saveReads,
  clock,
  report,
}: Pick<RoomReads, 'saveReads'> & { clock: Clock; report: (event: HubEvent) => void }) {
  let waiting = new Map<string, { userId: string; roomId: string; seq: number }>()
  let saving: Promise<void> | null = null
  let savedAtMs = Number.NEGATIVE_INFINITY

  const save = async (): Promise<void> => {
    const batch = waiting
    waiting = new Map()
    try {
      await saveReads([...batch.values()])
    } catch (error) {
      report({ type: 'read_failed', error })
      for (const [key, read] of batch) if (!waiting.has(key)) waiting.set(key, read)
    }
  }

  const flush = (): Promise<void> => {
    if (saving) return saving
    if (waiting.size === 0) return Promise.resolve()
    savedAtMs = clock()
    saving = save().finally(() => {
      saving = null
    })
    return saving
  }

  return {
    put(userId: string, roomId: string, seq: number): void {
      const key = `${userId} ${roomId}`
      if ((waiting.get(key)?.seq ?? 0) < seq) waiting.set(key, { userId, roomId, seq })
    },
    /** Nothing that was put before is saved after this resolved. */
    async drop(userId: string, roomId: string): Promise<void> {
      waiting.delete(`${userId} ${roomId}`)
      await saving
      waiting.delete(`${userId} ${roomId}`)
    },
    isIdle: (): boolean => waiting.size === 0 && saving === null,
    /** Resolves when what waits now was tried. */
    flush,
    /** The same, but a few times a second at most: for positions that come with every post. */
    flushSoon(): void {
      if (clock() - savedAtMs >= pauseMs) void flush()
    },
  }
}

export type ReadQueue = ReturnType<typeof createReadQueue>
