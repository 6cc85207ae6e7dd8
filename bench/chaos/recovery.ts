import type { ServerProcess } from '../server-process.ts'
import { type Crowd, until } from './crowd.ts'
import type { Talker } from './talker.ts'

/** An ack that left before something was killed may be read so much later. */
export const onTheWayMs = 250

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

export function acksBetween(crowd: Crowd, fromMs: number, untilMs: number): number {
  return crowd.talkers.reduce(
    (sum, { log }) => sum + log.acks.filter(({ tick }) => tick >= fromMs && tick < untilMs).length,
    0,
  )
}

export const wasLostBetween = ({ lossesMs }: Talker, fromMs: number, untilMs: number): boolean =>
  lossesMs.some((ms) => ms >= fromMs && ms < untilMs)

/** The longest that a send of that time waited for its ack; Infinity for one without, 0 of none. */
export function longestWaitMs({ log }: Talker, fromMs: number, untilMs: number): number {
  const ackedMs = new Map(log.acks.map(({ cid, tick }) => [cid, tick]))
  return log.sends
    .filter(({ tick }) => tick >= fromMs && tick < untilMs)
    .reduce((most, { cid, tick }) => Math.max(most, (ackedMs.get(cid) ?? Infinity) - tick), 0)
}
