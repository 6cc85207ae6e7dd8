import { expect, test } from 'bun:test'
import { backoffMs } from './backoff.ts'

test('the ceiling doubles from half a second to thirty', () => {
  const ceilings = [0, 1, 2, 3, 4, 5, 6, 7, 1_000].map((attempt) => backoffMs(attempt, () => 1))
  expect(ceilings).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
})

test('the jitter is full: anything from nothing to the ceiling', () => {
  expect(backoffMs(3, () => 0)).toBe(0)
  expect(backoffMs(3, () => 0.5)).toBe(2_000)
})
