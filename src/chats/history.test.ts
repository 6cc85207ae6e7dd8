import { expect, test } from 'bun:test'
import { rangeOf } from './history.ts'

test('the newest page ends at the newest chat', () => {
  expect(rangeOf({}, 120)).toEqual({ from: 71, to: 120 })
  expect(rangeOf({ limit: 10 }, 4)).toEqual({ from: 1, to: 4 })
  expect(rangeOf({}, 0)).toEqual({ from: 1, to: 0 })
})

test('before and after leave their seq out, and stay inside the room', () => {
  expect(rangeOf({ limit: 10, before: 50 }, 120)).toEqual({ from: 40, to: 49 })
  expect(rangeOf({ limit: 10, before: 1 }, 120)).toEqual({ from: 1, to: 0 })
  expect(rangeOf({ limit: 10, before: 0 }, 0)).toEqual({ from: 1, to: 0 })
  expect(rangeOf({ limit: 10, after: 50 }, 120)).toEqual({ from: 51, to: 60 })
  expect(rangeOf({ limit: 10, after: 900 }, 120)).toEqual({ from: 121, to: 120 })
})

test('around holds its seq, and fills the page at both ends of the room', () => {
  expect(rangeOf({ limit: 10, around: 50 }, 120)).toEqual({ from: 45, to: 54 })
  expect(rangeOf({ limit: 10, around: 2 }, 120)).toEqual({ from: 1, to: 10 })
  expect(rangeOf({ limit: 10, around: 119 }, 120)).toEqual({ from: 111, to: 120 })
})
