import { AppError } from '../protocol/errors.ts'
import type { ChatLog, Clock, HubEvent, WriteOp, WriteResult } from './ports.ts'

/** A write that waits, and who is told what became of it. */
export interface QueuedWrite {
  op: WriteOp
  done: (result: WriteResult) => void
}

export interface WriteQueueOptions {
  log: Pick<ChatLog, 'commit'>
  clock: Clock
  limits: { queueChats: number; queueBytes: number; queueAgeMs: number; batchChats: number }
  /** Called once for each commit, in order, in the tick in which it returned. */
  settle: (writes: { write: QueuedWrite; result: WriteResult }[]) => void
  report: (event: HubEvent) => void
}

/**
 * Group commit (WQ1, WQ2): one writer in flight; what arrives while it runs is the next batch. An
 * idle queue commits at once, load makes batches by itself. A commit whose result is unknown is
 * repeated until it is known (WQ5): the log finds by cid what it stored before.
 */
export interface WriteQueue {
  /** Takes a write, or answers why not (WQ6). Never both. */
  push: (write: QueuedWrite) => AppError | null
  /** Starts what a failure put off. */
  tick: () => void
  waiting: () => number
  /** Writes without an answer that came at `atMs` or before, oldest first. */
  waitingSince: (atMs: number) => Generator<{ op: WriteOp; atMs: number }>
  /** Resolves when nothing waits and nothing is in flight. */
  idle: () => Promise<void>
}

/** A batch that the log is storing, and its answers; null when the result is unknown. */
interface Flight {
  batch: Entry[]
  results: Promise<WriteResult[] | null>
}

interface Entry extends QueuedWrite {
  bytes: number
  atMs: number
}

const firstRetryMs = 50
const lastRetryMs = 1_000
/** What a write takes in memory beside its text. */
const entryBytes = 300

const unanswered: WriteResult = {
  ok: false,
  error: { code: 'internal', message: 'The log gave no answer for this write' },
}

/** The microtasks that a statement takes to reach the database client's socket; still the same tick. */
async function sent(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve()
}

export function createWriteQueue(options: WriteQueueOptions): WriteQueue {
  const { log, clock, limits, settle, report } = options
  let entries: Entry[] = []
  let bytes = 0
  let isRunning = false
  let failures = 0
  let retryAtMs = 0
  let idlers: (() => void)[] = []

  const refusal = (): AppError | null => {
    const oldest = entries[0]
    const full =
      entries.length >= limits.queueChats ||
      bytes >= limits.queueBytes ||
      (oldest !== undefined && clock() - oldest.atMs > limits.queueAgeMs)
    if (!full) return null
    return new AppError('overloaded', 'Too much is waiting to be stored; try again soon', {
      retryAfterMs: lastRetryMs,
    })
  }

  /** The oldest writes, on their way to the log; null when there are none. */
  const depart = (): Flight | null => {
    if (entries.length === 0) return null
    const batch = entries.slice(0, limits.batchChats)
    const startedMs = clock()
    const results = log.commit(batch.map((entry) => entry.op)).then(
      (answers) => {
        report({ type: 'commit', ops: batch.length, ms: clock() - startedMs })
        return answers
      },
      (error: unknown) => {
        failures += 1
        retryAtMs = clock() + Math.min(lastRetryMs, firstRetryMs * 2 ** Math.min(failures, 10))
        report({ type: 'commit_failed', ops: batch.length, error })
        return null
      },
    )
    return { batch, results }
  }

  const settleBatch = (batch: Entry[], results: WriteResult[]): void => {
    try {
      settle(batch.map((write, at) => ({ write, result: results[at] ?? unanswered })))
    } catch (error) {
      // What failed to be told is in the log; the writer goes on.
      report({ type: 'settle_failed', error })
    }
  }

  /** Commits batch after batch, until nothing waits or the log fails. */
  const run = async (): Promise<void> => {
    let flight = depart()
    while (flight) {
      const { batch } = flight
      const results = await flight.results
      if (!results) break
      failures = 0
      retryAtMs = 0
      entries = entries.slice(batch.length)
      for (const entry of batch) bytes -= entry.bytes
      flight = depart()
      // The database works on the next batch while this one goes out.
      if (flight) await sent()
      settleBatch(batch, results)
    }
    isRunning = false
    if (entries.length > 0) return
    const waiters = idlers
    idlers = []
    for (const resolve of waiters) resolve()
  }

  const flush = (): void => {
    if (isRunning || clock() < retryAtMs) return
    isRunning = true
    void run()
  }

  return {
    push(write) {
      const refused = refusal()
      if (refused) return refused
      const text = 'message' in write.op ? (write.op.message ?? '') : ''
      const entry = { ...write, bytes: entryBytes + text.length * 2, atMs: clock() }
      entries.push(entry)
      bytes += entry.bytes
      flush()
      return null
    },
    tick: flush,
    waiting: () => entries.length,
    *waitingSince(atMs) {
      for (const entry of entries) {
        if (entry.atMs > atMs) return
        yield entry
      }
    },
    idle: () =>
      new Promise((resolve) => {
        idlers.push(resolve)
        flush()
      }),
  }
}
