import { expect, test } from 'bun:test'
import { createRoot } from 'solid-js'
import type { RoomNews } from '../../src/client/room-view.ts'
import type { ServerFrame } from '../../src/protocol/frames.ts'
import type { MyThread } from '../../src/protocol/threads.ts'
import { ada, bob, chatAt, roomAt } from '../live/testing.ts'
import { createThreads, type ThreadsPorts } from './create-threads.ts'
import { markOf } from './thread-marks.ts'

const thread = (seq: number, lastSeq: number, readSeq: number): MyThread => ({
  chat: chatAt(seq, { thread: { count: 1, lastSeq, lastAt: 'now', userIds: [bob.id] } }),
  place: { roomId: 'room', threadId: `chat-${seq}`, follows: true, readSeq },
})

/** Threads over a server that knows `list`, and a line that says what it is told to. */
function threadsOf(list: MyThread[], more: Partial<ThreadsPorts> = {}) {
  const heard = new Map<string, (frame: ServerFrame) => void>()
  let hearNews: (news: RoomNews) => void = () => {}
  const asked: string[] = []
  const told: number[] = []
  let isMuted = false
  const threads = createRoot(() =>
    createThreads({
      live: {
        me: () => ada,
        room: (id) => roomAt(id, { preferences: { notify: null, muted: isMuted } }),
        // The suite says only frames of the type that is listened for.
        on: (type, hear) => void heard.set(type, hear as (frame: ServerFrame) => void),
        onNews: (hear) => (hearNews = hear),
      },
      places: async () => ({ places: list.map(markOf), isWhole: true }),
      place: async (_, id) => {
        asked.push(id)
        return thread(Number(id.split('-')[1]), 9, 0)
      },
      follow: async (roomId, threadId, follows) => ({ roomId, threadId, follows, readSeq: 0 }),
      read: async (roomId, threadId, seq) => {
        told.push(seq)
        return { roomId, threadId, follows: true, readSeq: seq }
      },
      ...more,
    }),
  )
  return {
    threads,
    asked,
    told,
    mute: () => (isMuted = true),
    synced: async () => {
      heard.get('synced')?.({ type: 'synced', epoch: 'one' })
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    },
    news: (news: RoomNews) => hearNews(news),
    place: (place: MyThread['place']) =>
      heard.get('thread_place')?.({ type: 'thread_place', place }),
  }
}

test('unread are the threads that I follow and have not read to their end', async () => {
  const { threads, synced } = threadsOf([thread(1, 5, 5), thread(2, 6, 5)])
  await synced()
  expect(threads.unreadCount()).toBe(1)
  expect([threads.isUnread('chat-1'), threads.isUnread('chat-2')]).toEqual([false, true])
})

test('a reply makes it unread, reading it here or elsewhere does the opposite', async () => {
  const { threads, synced, news, place } = threadsOf([thread(1, 5, 5)])
  await synced()
  news({ type: 'chat', chat: chatAt(7, { threadId: 'chat-1', sender: bob }) })
  expect(threads.unreadCount()).toBe(1)
  threads.read('chat-1', 7)
  expect(threads.unreadCount()).toBe(0)
  news({ type: 'chat', chat: chatAt(9, { threadId: 'chat-1', sender: bob }) })
  place({ roomId: 'room', threadId: 'chat-1', follows: true, readSeq: 9 })
  expect(threads.unreadCount()).toBe(0)
})

test('threads of muted rooms count for nothing', async () => {
  const { threads, synced, mute } = threadsOf([thread(2, 6, 5)])
  mute()
  await synced()
  expect(threads.unreadCount()).toBe(0)
})

test('when all my threads are known, a thread of others is not asked about', async () => {
  const { asked, synced, news } = threadsOf([])
  await synced()
  news({ type: 'chat', chat: chatAt(7, { threadId: 'chat-1', sender: bob }) })
  expect(asked).toEqual([])
})

test('when there are more than were listed, my place in an old thread is asked for once', async () => {
  const { threads, asked, synced, news } = threadsOf([], {
    places: async () => ({ places: [], isWhole: false }),
  })
  await synced()
  news({ type: 'chat', chat: chatAt(7, { threadId: 'chat-1', sender: bob }) })
  news({ type: 'chat', chat: chatAt(8, { threadId: 'chat-1', sender: bob }) })
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  expect(asked).toEqual(['chat-1'])
  expect(threads.isUnread('chat-1')).toBe(true)
})

test('what was unfollowed elsewhere while the line was down is forgotten', async () => {
  const list = [thread(2, 6, 5)]
  const { threads, synced } = threadsOf(list)
  await synced()
  list.length = 0
  await synced()
  expect(threads.unreadCount()).toBe(0)
})
