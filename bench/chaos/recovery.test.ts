import { expect, test } from 'bun:test'
import type { ClientLog } from '../checker.ts'
import type { Crowd } from './crowd.ts'
import { acksWhileAway } from './recovery.ts'

/** As much of a crowd as is looked at. */
const crowdOf = (...ticks: number[]): Crowd => {
  const acks = ticks.map((tick) => ({ tick, roomId: 'r', cid: `${tick}`, id: 'i', seq: 1 }))
  const log = { acks } as unknown as ClientLog
  return { talkers: [{ log }] } as unknown as Crowd
}

test('acks that were on the way when it went away are not held against it', () => {
  expect(acksWhileAway(crowdOf(900, 1_010, 1_200, 1_450, 9_000), 1_000, 8_000)).toBe(0)
})

test('an ack after a pause is, and so are all behind it', () => {
  expect(acksWhileAway(crowdOf(1_010, 1_400, 1_410), 1_000, 8_000)).toBe(2)
  expect(acksWhileAway(crowdOf(1_300), 1_000, 8_000)).toBe(1)
})

test('acks that never pause are, when they go on for too long', () => {
  const all = Array.from({ length: 30 }, (_, at) => 1_000 + at * 100)
  expect(acksWhileAway(crowdOf(...all), 1_000, 8_000)).toBe(15)
})
