import { expect, test } from 'bun:test'
import { showsNewPill, type NewLine } from './new-line.ts'

const line = (more: Partial<NewLine> = {}): NewLine => ({
  firstNew: 10,
  sight: { top: 30, bottom: 40 },
  isSeen: false,
  isAtEnd: true,
  unread: 0,
  ...more,
})

test('a reader below the New line is told of it until they have seen it', () => {
  expect(showsNewPill(line())).toBe(true)
  expect(showsNewPill(line({ isSeen: true }))).toBe(false)
  expect(showsNewPill(line({ isSeen: true, unread: 5, isAtEnd: false }))).toBe(true)
})

test('a room that opens at the first unread tells how many there are, unless all are in view', () => {
  const opened = line({ sight: { top: 8, bottom: 20 }, unread: 50, isAtEnd: false, isSeen: true })
  expect(showsNewPill(opened)).toBe(true)
  expect(showsNewPill({ ...opened, isAtEnd: true })).toBe(false)
  expect(showsNewPill({ ...opened, unread: 0 })).toBe(false)
})

test('above the line, or without one, there is nothing to go up to', () => {
  expect(showsNewPill(line({ sight: { top: 1, bottom: 9 }, unread: 50, isAtEnd: false }))).toBe(
    false,
  )
  expect(showsNewPill(line({ firstNew: null }))).toBe(false)
  expect(showsNewPill(line({ sight: null }))).toBe(false)
})
