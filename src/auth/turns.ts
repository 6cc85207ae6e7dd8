import { AppError } from '../protocol/errors.ts'

interface TurnOptions {
  atOnce: number
  /** How many may wait; more are refused. */
  waiting: number
  /** What those are told. */
  refusal?: string
}

/** Runs work a few at a time, in order of asking. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** A flood of sign-ins is refused instead of starving the chats (security 19). */
export function createTurns({
  refusal = 'Too many people sign in at once; try again soon',
  ...options
}: TurnOptions): InTurn {
  let running = 0
  const waiting: (() => void)[] = []

  const enter = async (): Promise<void> => {
    if (running < options.atOnce) {
      running += 1
      return
    }
    if (waiting.length >= options.waiting) {
      throw new AppError('overloaded', refusal, { retryAfterMs: 2_000 })
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  const leave = (): void => {
    const next = waiting.shift()
    // The place goes to the next in line, so the count stays.
    if (next) next()
    else running -= 1
  }

  return async (work) => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
