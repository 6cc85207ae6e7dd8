import { expect, test } from 'bun:test'
import {
  badgeOf,
  isUnread,
  isWaiting,
  neighbour,
  roomPath,
  roomTitle,
  totalBadge,
} from './room-state.ts'
import { direct, room } from './testing.ts'

test('a direct room is named after its people and lives under its id', () => {
  expect(roomTitle(direct('x'))).toBe('Ada, Grace')
  expect(roomPath(direct('x'))).toBe('/d/x')
  expect(roomPath(room('über uns'))).toBe('/r/%C3%BCber%20uns')
})

test('a room is unread while its main line is past what I read', () => {
  expect(isUnread(room('r', { lastMainSeq: 5, readSeq: 4 }))).toBe(true)
  expect(isUnread(room('r', { lastMainSeq: 5, lastSeq: 9, readSeq: 5 }))).toBe(false)
})

test('the badge counts mentions I have not read, and every unread chat of a direct room', () => {
  expect(badgeOf(room('r', { lastMainSeq: 9, readSeq: 4, mentionSeqs: [3, 5, 8] }))).toBe(2)
  expect(badgeOf(direct('d', { lastMainSeq: 9, readSeq: 4 }))).toBe(5)
  const archived = direct('e', { lastMainSeq: 9, archivedAt: '2026-01-01T00:00:00.000Z' })
  expect(totalBadge([direct('d', { lastMainSeq: 2 }), archived])).toBe(2)
})

test('a muted room stays unread, yet waits for nobody and counts nothing', () => {
  const muted = { lastMainSeq: 9, mentionSeqs: [8], preferences: { notify: null, muted: true } }
  expect(isUnread(room('r', muted))).toBe(true)
  expect(isWaiting(room('r', muted))).toBe(false)
  expect(totalBadge([room('r', muted), direct('d', muted)])).toBe(0)
  expect(neighbour([room('a'), room('b', muted)], 'a', 1, true)).toBeUndefined()
})

test('the neighbour goes round the end, and may skip what is read', () => {
  const order = [room('a'), room('b', { lastMainSeq: 1 }), room('c')]
  expect(neighbour(order, 'c', 1)?.id).toBe('a')
  expect(neighbour(order, 'a', -1)?.id).toBe('c')
  expect(neighbour(order, 'c', -1, true)?.id).toBe('b')
  expect(neighbour(order, undefined, 1)?.id).toBe('a')
  expect(neighbour(order, undefined, -1)?.id).toBe('c')
  expect(neighbour(order, 'b', 1, true)).toBeUndefined()
  expect(neighbour([], 'b', 1)).toBeUndefined()
})
