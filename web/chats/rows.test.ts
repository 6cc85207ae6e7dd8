import { expect, test } from 'bun:test'
import type { OutboxEntry } from '../../src/client/outbox.ts'
import { ada, bob, chatAt } from '../live/testing.ts'
import { changeOf, rowsOf } from './rows.ts'

const at = (minute: number, day = 21) => new Date(2026, 10, day, 9, minute).toISOString()
const sending: OutboxEntry = {
  cid: 'cid-9',
  roomId: 'room',
  message: 'on its way',
  state: 'sent',
  madeAtMs: Date.parse(at(9)),
  tries: 1,
  retryAtMs: 0,
  error: null,
}
const plain = { outgoing: [], me: ada, newAfter: null, hasEnd: true }

test('chats of one person within five minutes are one group', () => {
  const chats = [
    chatAt(1, { createdAt: at(0) }),
    chatAt(2, { createdAt: at(4) }),
    chatAt(3, { createdAt: at(8) }),
    chatAt(4, { createdAt: at(13) }),
    chatAt(5, { createdAt: at(14), sender: bob }),
  ]
  const grouped = rowsOf({ ...plain, chats }).map((row) => row.isGrouped)
  expect(grouped).toEqual([false, true, true, false, false])
})

test('a system line ends a group, and is never in one', () => {
  const chats = [
    chatAt(1, { createdAt: at(0) }),
    chatAt(2, { createdAt: at(0), kind: 'system', event: { type: 'joined' } }),
    chatAt(3, { createdAt: at(1) }),
  ]
  expect(rowsOf({ ...plain, chats }).map((row) => row.isGrouped)).toEqual([false, false, false])
})

test('each day begins with its name, and ends a group', () => {
  const chats = [
    chatAt(1, { createdAt: new Date(2026, 10, 20, 23, 59).toISOString() }),
    chatAt(2, { createdAt: new Date(2026, 10, 21, 0, 1).toISOString() }),
  ]
  const rows = rowsOf({ ...plain, chats })
  expect(rows.map((row) => row.isNewDay)).toEqual([true, true])
  expect(rows[1]?.isGrouped).toBe(false)
})

test('the New line is above the first unread chat of another, once', () => {
  const chats = [
    chatAt(1, { sender: bob }),
    chatAt(2, { sender: ada }),
    chatAt(3, { sender: bob, kind: 'system', event: { type: 'joined' } }),
    chatAt(4, { sender: bob }),
    chatAt(5, { sender: bob }),
  ]
  const rows = rowsOf({ ...plain, chats, newAfter: 1 })
  expect(rows.map((row) => row.isFirstNew)).toEqual([false, false, false, true, false])
  expect(rowsOf({ ...plain, chats }).some((row) => row.isFirstNew)).toBe(false)
})

test('a sent chat keeps its key when it is confirmed', () => {
  const before = rowsOf({ ...plain, chats: [], outgoing: [sending] })
  const after = rowsOf({ ...plain, chats: [chatAt(9, { sender: ada })] })
  expect(before.map((row) => row.key)).toEqual(after.map((row) => row.key))
  expect([before[0]?.state, after[0]?.state]).toEqual(['sending', 'sent'])
})

test('what is on its way is not shown in the middle of history', () => {
  const rows = rowsOf({ ...plain, chats: [chatAt(1)], outgoing: [sending], hasEnd: false })
  expect(rows).toHaveLength(1)
})

test('a list that changed at its start alone is told apart, for the view to stay', () => {
  expect(changeOf(['b', 'c'], ['a', 'b', 'c'])).toBe('start')
  expect(changeOf(['a', 'b', 'c'], ['b', 'c'])).toBe('start')
  expect(changeOf(['a', 'b'], ['a', 'b', 'c'])).toBe('end')
  expect(changeOf(['a', 'b'], ['a', 'b'])).toBe('none')
  expect(changeOf(['a', 'b'], ['x', 'y'])).toBe('other')
  expect(changeOf([], ['x'])).toBe('other')
})
