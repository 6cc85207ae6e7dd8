import type { ServerProcess } from '../server-process.ts'
import { type Crowd, until } from './crowd.ts'
import type { Talker } from './talker.ts'

/** A pause that says that everything on the way has arrived, and the longest that it may take. */
const quietMs = 300
const arrivedMs = 1_500

/**
 * Acks of a time in which nothing could be stored. Those that left before it are still read in its
 * beginning, hundreds of them in one go when the machine is busy: what counts is what comes after a
 * pause, or goes on for too long.
 */
export function acksWhileAway(crowd: Crowd, fromMs: number, untilMs: number): number {
  const ticks = ackTicks(crowd, fromMs, untilMs).toSorted((a, b) => a - b)
  const first = ticks.findIndex(
    (tick, at) => tick - (ticks[at - 1] ?? fromMs) >= quietMs || tick - fromMs >= arrivedMs,
  )
  return first === -1 ? 0 : ticks.length - first
}

/** Whether it is the process that it was, and serves. */
export async function isStillUp({ pid, url }: ServerProcess, pidBefore: number): Promise<boolean> {
  try {
    return pid() === pidBefore && (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}

/** From `fromMs` until each was online again, having been lost at `lostMs` or later; Infinity for never. */
export async function onlineAgainMs(
  talkers: readonly Talker[],
  lostMs: number,
  fromMs: number,
  withinMs: number,
): Promise<number[]> {
  await until(withinMs, () => talkers.every(({ onlineAtMs }) => onlineAtMs >= lostMs))
  return talkers.map(({ onlineAtMs }) =>
    onlineAtMs >= lostMs ? Math.max(0, onlineAtMs - fromMs) : Infinity,
  )
}

/** From `fromMs` until each got its first ack; Infinity for none. */
export async function servedAgainMs(
  talkers: readonly Talker[],
  fromMs: number,
  withinMs: number,
): Promise<number[]> {
  await until(withinMs, () => talkers.every(({ log }) => (log.acks.at(-1)?.tick ?? 0) >= fromMs))
  return talkers.map(({ log }) => {
    const first = log.acks.find(({ tick }) => tick >= fromMs)
    return first ? first.tick - fromMs : Infinity
  })
}

export const acksBetween = (crowd: Crowd, fromMs: number, untilMs: number): number =>
  ackTicks(crowd, fromMs, untilMs).length

const ackTicks = ({ talkers }: Crowd, fromMs: number, untilMs: number): number[] =>
  talkers.flatMap(({ log }) =>
    log.acks.flatMap(({ tick }) => (tick >= fromMs && tick < untilMs ? [tick] : [])),
  )

export const wasLostBetween = ({ lossesMs }: Talker, fromMs: number, untilMs: number): boolean =>
  lossesMs.some((ms) => ms >= fromMs && ms < untilMs)

/** The longest that a send of that time waited for its ack; Infinity for one without, 0 of none. */
export function longestWaitMs({ log }: Talker, fromMs: number, untilMs: number): number {
  const ackedMs = new Map(log.acks.map(({ cid, tick }) => [cid, tick]))
  return log.sends
    .filter(({ tick }) => tick >= fromMs && tick < untilMs)
    .reduce((most, { cid, tick }) => Math.max(most, (ackedMs.get(cid) ?? Infinity) - tick), 0)
}
