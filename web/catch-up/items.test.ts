import { expect, test } from 'bun:test'
import { chatAt } from '../live/testing.ts'
import { direct, room } from '../rooms/testing.ts'
import { afterDone, besides, isDone, keptItems, waitingItems, type Item } from './items.ts'

const item = (key: string, lastSeq = 5): Item => ({
  key,
  roomId: key,
  root: null,
  readSeq: 0,
  lastSeq,
})
const keys = (items: readonly Item[]) => items.map(({ key }) => key).join(' ')

test('what calls me comes first, then threads, then other rooms; read, muted and archived ones wait for nobody', () => {
  const unread = { lastMainSeq: 4, readSeq: 2 }
  const rooms = [
    room('quiet', { lastMainSeq: 4, readSeq: 4 }),
    room('plain', unread),
    room('calls', { ...unread, mentionSeqs: [3] }),
    room('muted', { ...unread, preferences: { notify: null, muted: true } }),
    room('old', { ...unread, archivedAt: '2026-01-02T00:00:00.000Z' }),
    direct('two', unread),
  ]
  const items = waitingItems(rooms, [{ root: chatAt(1), readSeq: 1, lastSeq: 9 }])
  expect(keys(items)).toBe('room:calls room:two thread:chat-1 room:plain')
  expect(items[0]).toMatchObject({ readSeq: 2, lastSeq: 4 })
})

test('what was done here stays in its place, what was read elsewhere goes, what is new comes last', () => {
  const held = [item('a'), item('b'), item('c')]
  const done = new Map([['b', 5]])
  expect(keys(keptItems(held, [item('new'), item('c')], done))).toBe('b c new')
})

test('what was done waits again when something new comes', () => {
  const done = new Map([['a', 5]])
  expect(isDone(item('a'), done)).toBe(true)
  const [again] = keptItems([item('a')], [item('a', 6)], done)
  expect(again && isDone(again, done)).toBe(false)
})

test('steps stop at the ends; from nowhere they begin at the first', () => {
  const items = [item('a'), item('b')]
  expect(besides(items, null, 1)?.key).toBe('a')
  expect(besides(items, 'a', 1)?.key).toBe('b')
  expect(besides(items, 'b', 1)?.key).toBe('b')
  expect(besides(items, 'a', -1)?.key).toBe('a')
  expect(besides([], 'a', 1)).toBeUndefined()
})

test('after one is done comes the next that waits, else the nearest before it', () => {
  const items = [item('a'), item('b'), item('c'), item('d')]
  expect(afterDone(items, 'b', new Map([['c', 5]]))?.key).toBe('d')
  expect(afterDone(items, 'd', new Map([['c', 5]]))?.key).toBe('b')
  expect(
    afterDone(
      items,
      'a',
      new Map([
        ['b', 5],
        ['c', 5],
        ['d', 5],
      ]),
    ),
  ).toBeUndefined()
})
