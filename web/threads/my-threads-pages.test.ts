import { expect, test } from 'bun:test'
import type { MyThread } from '../../src/protocol/threads.ts'
import { chatAt } from '../live/testing.ts'
import { threadPages } from './my-threads-pages.ts'

const thread = (seq: number): MyThread => ({
  chat: chatAt(seq),
  place: { roomId: 'room', threadId: `chat-${seq}`, follows: true, readSeq: 0 },
})

test('unread ones come first to their end, then all of them from the start', async () => {
  const asked: unknown[] = []
  const load = threadPages(async (query) => {
    asked.push(query)
    if (query.unread)
      return { threads: [thread(query.cursor ? 2 : 1)], nextCursor: query.cursor ? null : 'u' }
    return { threads: [thread(query.cursor ? 4 : 3)], nextCursor: query.cursor ? null : 'a' }
  })
  const listed: [number, boolean][] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof load>> = await load(cursor)
    for (const { chat, wasUnread } of page.items) listed.push([chat.seq, wasUnread])
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(listed).toEqual([
    [1, true],
    [2, true],
    [3, false],
    [4, false],
  ])
  expect(asked).toEqual([{ unread: 'true' }, { cursor: 'u', unread: 'true' }, {}, { cursor: 'a' }])
})
