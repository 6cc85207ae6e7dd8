import { expect, test } from 'bun:test'
import { type ClientLog, type StoredChat, check } from './checker.ts'

const stored: StoredChat[] = [1, 2, 3].map((seq) => ({
  id: `i${seq}`,
  roomId: 'r',
  seq,
  senderId: 'ada',
  cid: `c${seq}`,
  message: `m${seq}`,
}))
const log = (): ClientLog => ({
  userId: 'ada',
  sends: stored.map(({ cid, message }, at) => ({ tick: at * 2, roomId: 'r', cid, message })),
  acks: stored.map(({ cid, id, seq }, at) => ({ tick: at * 2 + 1, roomId: 'r', cid, id, seq })),
  told: stored.map(({ id, seq, message }) => ({ roomId: 'r', id, seq, message })),
  views: new Map([['r', stored.map(({ id }) => id)]]),
})
const none = { lost: 0, doubled: 0, holes: 0, reordered: 0, phantoms: 0 }

test('a run in which all held has no findings', () => {
  expect(check([log(), { ...log(), sends: [], acks: [] }], stored)).toEqual(none)
})

test('A: an ack whose chat is not stored, or stands elsewhere, is a loss', () => {
  expect(check([{ ...log(), told: [], views: new Map() }], stored.slice(0, 2)).lost).toBe(1)
  const moved = stored.map((chat) => (chat.seq === 3 ? { ...chat, seq: 4 } : chat))
  expect(check([log()], moved).lost).toBe(1)
})

test('B: a chat stored twice or told twice is doubled', () => {
  const again = { ...stored[0]!, id: 'i4', seq: 4 }
  expect(check([], [...stored, again]).doubled).toBe(1)
  const told = [...log().told, log().told[0]!]
  expect(check([{ ...log(), told }], stored).doubled).toBe(1)
})

test('C and D: a view that misses or swaps a chat is a hole', () => {
  expect(check([{ ...log(), views: new Map([['r', ['i1', 'i3']]]) }], stored).holes).toBe(1)
  expect(check([{ ...log(), views: new Map([['r', ['i2', 'i1', 'i3']]]) }], stored).holes).toBe(1)
})

test('C: what is told of a room has no jump', () => {
  expect(check([{ ...log(), told: [log().told[0]!, log().told[2]!] }], stored).holes).toBe(1)
})

test('C: a view that holds the newest chats alone is compared with those', () => {
  const views = new Map([['r', ['i2', 'i3']]])
  expect(check([{ ...log(), views, keep: 2 }], stored)).toEqual(none)
  expect(check([{ ...log(), views, keep: 3 }], stored).holes).toBe(1)
})

test('D: a frame behind a newer one of its room and connection is reordered', () => {
  expect(check([{ ...log(), outOfTurn: 1 }], stored).reordered).toBe(1)
})

test('E: what was shown and is not stored is a phantom', () => {
  const told = [...log().told, { roomId: 'r', id: 'i9', seq: 4, message: 'm9' }]
  expect(check([{ ...log(), told }], stored).phantoms).toBe(1)
})

test('F: a chat sent after an ack stands behind what was acked', () => {
  const other: ClientLog = {
    userId: 'bob',
    sends: [{ tick: 100, roomId: 'r', cid: 'b1', message: 'm' }],
    acks: [],
    told: [],
    views: new Map(),
  }
  const early = { id: 'i0', roomId: 'r', seq: 3, senderId: 'bob', cid: 'b1', message: 'm' }
  expect(check([log(), other], [...stored, early]).reordered).toBe(1)
})

test("G: a sender's chats in another order than sent are reordered", () => {
  const sends = log().sends.toReversed()
  expect(check([{ ...log(), sends, acks: [] }], stored).reordered).toBe(2)
})
