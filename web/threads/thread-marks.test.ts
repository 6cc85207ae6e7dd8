import { expect, test } from 'bun:test'
import { ada, bob, chatAt } from '../live/testing.ts'
import {
  isUnreadMark,
  markAfter,
  markOf,
  placedMark,
  toldMark,
  type ThreadMark,
} from './thread-marks.ts'

const mark = (more: Partial<ThreadMark> = {}): ThreadMark => ({
  roomId: 'room',
  threadId: 'chat-1',
  follows: true,
  readSeq: 5,
  lastSeq: 5,
  ...more,
})
const summary = (lastSeq: number) => ({ count: 2, lastSeq, lastAt: 'now', userIds: [bob.id] })
const reply = (seq: number, more: Parameters<typeof chatAt>[1] = {}) =>
  chatAt(seq, { threadId: 'chat-1', sender: bob, ...more })

test('TH3: whoever replies follows, and has read', () => {
  const after = markAfter(undefined, reply(7, { sender: ada }), true, ada.id)
  expect(after).toEqual(mark({ readSeq: 7, lastSeq: 7 }))
})

test('TH3: whoever is named in a reply follows, with that reply unread', () => {
  const after = markAfter(undefined, reply(7, { mentions: [ada.id] }), true, ada.id)
  expect(after).toEqual(mark({ readSeq: 6, lastSeq: 7 }))
  expect(markAfter(undefined, reply(7), true, ada.id)).toBe(null)
})

test('TH3: whoever began the thread follows it from its first reply', () => {
  const root = chatAt(1, { thread: summary(7) })
  const after = markAfter(undefined, root, false, ada.id)
  expect(after && isUnreadMark(after)).toBe(true)
  expect(markAfter(undefined, { ...root, sender: bob }, false, ada.id)).toBe(null)
})

test('TH3: whoever said no is not made to follow again', () => {
  const after = markAfter(mark({ follows: false }), reply(7, { mentions: [ada.id] }), true, ada.id)
  expect(after?.follows).toBe(false)
  expect(after && isUnreadMark(after)).toBe(false)
})

test('a reply of another makes a followed thread unread, an edit of one does not', () => {
  const after = markAfter(mark(), reply(8), true, ada.id)
  expect(after && isUnreadMark(after)).toBe(true)
  expect(markAfter(mark(), reply(4), false, ada.id)).toEqual(mark())
})

test('a list that was read before news came takes nothing back', () => {
  const held = mark({ readSeq: 9, lastSeq: 9 })
  const told = { chat: chatAt(1, { thread: summary(7) }), place: mark({ readSeq: 5 }) }
  expect(toldMark(held, markOf(told))).toMatchObject({ readSeq: 9, lastSeq: 9 })
})

test('what is read on another device is read here', () => {
  const after = placedMark(mark({ lastSeq: 9 }), mark({ readSeq: 9 }))
  expect(isUnreadMark(after)).toBe(false)
})

test('TH3: whoever had no place yet, and was told so, follows once they take part', () => {
  const none = mark({ follows: false, readSeq: 0, lastSeq: 5 })
  expect(markAfter(none, reply(7, { sender: ada }), true, ada.id)).toEqual(
    mark({ readSeq: 7, lastSeq: 7 }),
  )
  expect(markAfter(none, reply(7), true, ada.id)).toEqual({ ...none, lastSeq: 7 })
})

test('an edit that names me in an old reply makes nobody follow', () => {
  expect(markAfter(undefined, reply(4, { mentions: [ada.id] }), false, ada.id)).toBe(null)
})
