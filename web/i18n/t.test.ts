import { expect, test } from 'bun:test'
import { formatAgo, formatDay } from './format.ts'
import { t, tNodes } from './t.ts'

test('a plain text is itself', () => {
  expect(t('common.cancel')).toBe('Cancel')
})

test('a plural chooses by its count and writes it as a number', () => {
  expect(t('common.members', { count: 1 })).toBe('1 member')
  expect(t('common.members', { count: 1234 })).toBe('1,234 members')
})

test('nodes take the places of the names', () => {
  expect(tNodes('common.members', { count: 2 })).toEqual(['', 2, ' members'])
})

test('a day is named by how far it is', () => {
  const now = new Date(2026, 10, 21, 9)
  expect(formatDay(new Date(2026, 10, 21, 0, 5), now)).toBe('Today')
  expect(formatDay(new Date(2026, 10, 20, 23, 59), now)).toBe('Yesterday')
  expect(formatDay(new Date(2025, 0, 2), now)).toContain('2025')
})

test('an age is told in its largest unit', () => {
  const now = Date.UTC(2026, 10, 21)
  expect(formatAgo(now - 5_000, now)).toBe('now')
  expect(formatAgo(now - 3 * 3_600_000, now)).toBe('3 hours ago')
})
