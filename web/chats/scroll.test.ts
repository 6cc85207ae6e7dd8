import { expect, test } from 'bun:test'
import { followsEnd, isAtEnd, sideToLoad } from './scroll.ts'

const both = { before: true, after: true }

test('the end is where nothing is left to see', () => {
  expect(isAtEnd({ offset: 500, viewport: 500, size: 1_000 })).toBe(true)
  expect(isAtEnd({ offset: 499.5, viewport: 500, size: 1_000 })).toBe(true)
  expect(isAtEnd({ offset: 400, viewport: 500, size: 1_000 })).toBe(false)
})

test('a list that grows under the reader is followed, a reader who goes up is let go', () => {
  expect(followsEnd(true, 500, { offset: 500, viewport: 500, size: 1_200 })).toBe(true)
  expect(followsEnd(true, 500, { offset: 430, viewport: 500, size: 1_000 })).toBe(false)
  expect(followsEnd(false, 300, { offset: 400, viewport: 500, size: 1_000 })).toBe(false)
  expect(followsEnd(false, 300, { offset: 500, viewport: 500, size: 1_000 })).toBe(true)
})

test('the next page is asked for before its end is seen', () => {
  expect(sideToLoad({ offset: 900, viewport: 500, size: 9_000 }, both)).toBe('older')
  expect(sideToLoad({ offset: 7_700, viewport: 500, size: 9_000 }, both)).toBe('newer')
  expect(sideToLoad({ offset: 4_000, viewport: 500, size: 9_000 }, both)).toBe(null)
  const none = { before: false, after: false }
  expect(sideToLoad({ offset: 0, viewport: 500, size: 600 }, none)).toBe(null)
})
