import { expect, test } from 'bun:test'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { markAllRead } from './all-read.ts'
import { withNews } from './room-facts.ts'
import { bob, chatAt, roomAt } from './testing.ts'

/** Two unread rooms and a read one, and what the server was told of them. */
function scene() {
  const rooms = new Map<string, MyRoom>(
    [
      roomAt('a', { lastSeq: 9, lastMainSeq: 8, readSeq: 5, unread: 3, mentionSeqs: [7] }),
      roomAt('b', { lastSeq: 4, lastMainSeq: 4, readSeq: 0, unread: 4 }),
      roomAt('c', { lastSeq: 2, lastMainSeq: 2, readSeq: 2 }),
    ].map((room) => [room.id, room]),
  )
  const told: string[] = []
  const change = (id: string, next: (held: MyRoom) => MyRoom): void => {
    const held = rooms.get(id)
    if (held) rooms.set(id, next(held))
  }
  const mark = () =>
    markAllRead({
      rooms: () => [...rooms.values()],
      change,
      tell: (marks) => told.push(...marks.map(({ roomId, seq }) => `${roomId} ${seq}`)),
    })
  return { rooms, told, change, mark, unread: () => [...rooms.values()].map((room) => room.unread) }
}

test('all rooms are read at once, and the server is told later, once', () => {
  const { told, mark, unread } = scene()
  const marks = mark()
  expect(marks?.count).toBe(2)
  expect(unread()).toEqual([0, 0, 0])
  expect(told).toEqual([])
  marks?.tell()
  marks?.tell()
  expect(told).toEqual(['a 9', 'b 4'])
})

test('undo brings back what was unread, mentions too, and the server hears nothing', () => {
  const { rooms, told, mark, unread } = scene()
  const marks = mark()
  marks?.undo()
  marks?.tell()
  expect(unread()).toEqual([3, 4, 0])
  expect(rooms.get('a')?.mentionSeqs).toEqual([7])
  expect(told).toEqual([])
})

test('what came since the mark is unread with and without undo', () => {
  const { rooms, change, mark } = scene()
  const marks = mark()
  const chat = chatAt(10, { roomId: 'a', sender: bob, mentions: ['ada'] })
  change('a', (held) => withNews(held, [{ type: 'chat', chat }], 'ada'))
  expect(rooms.get('a')?.unread).toBe(1)
  marks?.undo()
  expect(rooms.get('a')).toMatchObject({ readSeq: 5, unread: 5, mentionSeqs: [7, 10] })
})

test('a room that was read further since stays read', () => {
  const { change, mark, rooms } = scene()
  const marks = mark()
  change('b', (held) => ({ ...held, readSeq: 6 }))
  marks?.undo()
  expect(rooms.get('b')?.readSeq).toBe(6)
})

test('with nothing unread there is nothing to mark', () => {
  const { mark } = scene()
  mark()
  expect(mark()).toBeNull()
})
