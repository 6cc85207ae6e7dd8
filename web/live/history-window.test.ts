import { expect, test } from 'bun:test'
import { nearReader } from './history-window.ts'
import { chatAt } from './testing.ts'

const run = (length: number, isReply: (seq: number) => boolean = () => false) =>
  Array.from({ length }, (_, at) =>
    chatAt(at + 1, isReply(at + 1) ? { threadId: 'chat-1' } : undefined),
  )
const ends = (kept: readonly { seq: number }[]) => [kept[0]?.seq, kept.at(-1)?.seq]

test('a long run is cut back around the reader, a short one stays', () => {
  const long = run(500)
  expect(ends(nearReader(long, 300))).toEqual([150, 450])
  expect(ends(nearReader(long, 500))).toEqual([350, 500])
  expect(ends(nearReader(long, 1))).toEqual([1, 151])
  const short = run(400)
  expect(nearReader(short, 1)).toBe(short)
})

test('a long talk in a thread does not count: whoever reads on gets past it', () => {
  const talk = run(900, (seq) => seq > 10 && seq < 890)
  expect(nearReader(talk, 10)).toBe(talk)
})
