import type { Chat } from '../protocol/chats.ts'
import type { Indexer } from './indexer.ts'

export interface KeepIndexedOptions {
  indexer: Indexer
  /** Calls `run` once, after `ms`, unless it is called off by what this answers. */
  timer: (ms: number, run: () => void) => () => void
  /** Milliseconds, steady. */
  clock: () => number
  report: (error: unknown) => void
}

export interface KeptIndex {
  /** Chats were stored or changed. */
  stored: (chats: readonly Pick<Chat, 'roomId'>[]) => void
  /** Ends after the batch under way. */
  stop: () => Promise<void>
}

/** What is said in this time is taken in together. */
const gatherMs = 100
/**
 * From the start of a batch to the next while people talk on. A chat by itself costs the database four
 * times what it costs among hundreds.
 */
const betweenMs = 500
/** Between looks at all rooms: for what other nodes stored and, dying, did not take in. */
const lookMs = 5_000
const afterFailureMs = 1_000
/** More rooms than this at once, and all are looked at instead of each. */
const mostRooms = 1_000

/** Rests after a batch, by how long it took: one that leaves time for others, and one while they need it. */
const usualRest = 1
const longRest = 4

/**
 * Keeps the index close behind the log, in this node's spare time: after each batch it rests as long
 * as the batch took, so that it never has more than half of a core, of ours or of the database's.
 * While more is said than it could take in anyway it rests longer, and catches up after.
 */
export function keepIndexed({ indexer, timer, clock, report }: KeepIndexedOptions): KeptIndex {
  let waiting = new Set<string>()
  let isAllDue = true
  const end = new AbortController()
  /** Ends the pause under way; `true` for having been called, not slept out. */
  let endPause: (isCalled: boolean) => void = () => {}
  let isIdle = false
  let storedSince = 0

  const pause = (ms: number): Promise<boolean> =>
    new Promise((resolve) => {
      const callOff = timer(ms, () => resolve(false))
      endPause = (isCalled) => {
        callOff()
        resolve(isCalled)
      }
      if (end.signal.aborted) endPause(false)
    })

  /** One batch. Answers how long to rest after it; null when there was nothing to do. */
  const turn = async (): Promise<number | null> => {
    const startMs = clock()
    const asked = waiting
    const isOfAll = isAllDue
    waiting = new Set()
    isAllDue = false
    storedSince = 0
    try {
      const { count, isFull } = await indexer.step(isOfAll ? 'all' : [...asked])
      if (count === 0) return null
      // There may be more of the same: what did not fit, or what another node was at.
      isAllDue ||= isOfAll
      for (const roomId of asked) waiting.add(roomId)
      const tookMs = clock() - startMs
      const restMs = tookMs * (storedSince > count ? longRest : usualRest)
      return isFull ? restMs : Math.max(restMs, betweenMs - tookMs)
    } catch (error) {
      report(error)
      isAllDue = true
      return afterFailureMs
    }
  }

  const work = async (): Promise<void> => {
    while (!end.signal.aborted) {
      const restMs = await turn()
      if (restMs !== null) {
        await pause(restMs)
        continue
      }
      isIdle = waiting.size === 0
      if (isIdle && !(await pause(lookMs))) isAllDue = true
      else await pause(gatherMs)
      isIdle = false
    }
  }
  const worked = work()

  return {
    stored: (chats) => {
      storedSince += chats.length
      for (const { roomId } of chats) waiting.add(roomId)
      if (waiting.size > mostRooms) {
        waiting = new Set()
        isAllDue = true
      }
      if (!isIdle) return
      isIdle = false
      endPause(true)
    },
    stop: () => {
      end.abort()
      endPause(false)
      return worked
    },
  }
}
