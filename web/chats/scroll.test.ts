import { expect, test } from 'bun:test'
import { followsEnd, isAtEnd, sideToLoad } from './scroll.ts'

const both = { before: true, after: true }

test('the end is where nothing is left to see', () => {
  expect(isAtEnd({ offset: 500, viewport: 500, size: 1_000 })).toBe(true)
  expect(isAtEnd({ offset: 499.5, viewport: 500, size: 1_000 })).toBe(true)
  expect(isAtEnd({ offset: 400, viewport: 500, size: 1_000 })).toBe(false)
})

test('a list that grows under the reader is followed, a reader who goes up is let go', () => {
  const before = { offset: 500, size: 1_000 }
  const at = (offset: number, size: number) => ({ offset, viewport: 500, size })
  expect(followsEnd(true, before, at(500, 1_200), false)).toBe(true)
  expect(followsEnd(true, before, at(430, 1_000), false)).toBe(false)
  expect(followsEnd(false, before, at(510, 1_200), false)).toBe(false)
  expect(followsEnd(false, before, at(700, 1_200), false)).toBe(true)
})

test('rows measured smaller move the view up and do not end the following; a hand does', () => {
  const before = { offset: 500, size: 1_000 }
  const now = { offset: 400, viewport: 500, size: 960 }
  expect(followsEnd(true, before, now, false)).toBe(true)
  expect(followsEnd(true, before, now, true)).toBe(false)
})

test('the next page is asked for before its end is seen', () => {
  expect(sideToLoad({ offset: 900, viewport: 500, size: 9_000 }, both)).toBe('older')
  expect(sideToLoad({ offset: 7_700, viewport: 500, size: 9_000 }, both)).toBe('newer')
  expect(sideToLoad({ offset: 4_000, viewport: 500, size: 9_000 }, both)).toBe(null)
  const none = { before: false, after: false }
  expect(sideToLoad({ offset: 0, viewport: 500, size: 600 }, none)).toBe(null)
})
