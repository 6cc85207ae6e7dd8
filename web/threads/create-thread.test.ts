import { expect, test } from 'bun:test'
import { createRoot } from 'solid-js'
import type { RoomNews } from '../../src/client/room-view.ts'
import type { Chat } from '../../src/protocol/chats.ts'
import type { ServerFrame } from '../../src/protocol/frames.ts'
import type { Timeline } from '../live/index.ts'
import { bob, chatAt } from '../live/testing.ts'
import { createThread } from './create-thread.ts'
import type { RepliesAt } from './thread-rest.ts'

const root = chatAt(1)
const summary = { count: 9, lastAt: 'now', userIds: [bob.id] }
const reply = (seq: number, more: Partial<Chat> = {}) =>
  chatAt(seq, { threadId: root.id, sender: bob, ...more })

/** A thread with replies at 2 to `last`, on a server and a line that do what they are told. */
function threadOf(last: number) {
  const log = Array.from({ length: last - 1 }, (_, at) => reply(at + 2))
  const asked: RepliesAt[] = []
  const heard = new Map<string, (frame: ServerFrame) => void>()
  let hearNews: (news: RoomNews) => void = () => {}
  let isDown = false
  // The only three that are looked at.
  const timeline = { previews: () => [], outgoing: () => [] } as unknown as Timeline
  const thread = createRoot(() =>
    createThread({
      live: {
        timeline: () => timeline,
        learnUsers: () => {},
        // The suite says only frames of the type that is listened for.
        on: (type, hear) => void heard.set(type, hear as (frame: ServerFrame) => void),
        onNews: (hear) => (hearNews = hear),
      },
      roomId: 'room',
      threadId: root.id,
      load: async (at) => {
        asked.push(at)
        if (isDown) throw new Error('down')
        const replies =
          at === 'newest'
            ? log.slice(-10)
            : 'before' in at
              ? log.filter(({ seq }) => seq < at.before).slice(-10)
              : 'after' in at
                ? log.filter(({ seq }) => seq > at.after).slice(0, 10)
                : log.filter(({ seq }) => seq >= at.around).slice(0, 10)
        return {
          chat: { ...root, thread: { ...summary, lastSeq: log.at(-1)?.seq ?? 0 } },
          place: { roomId: 'room', threadId: root.id, follows: true, readSeq: 3 },
          replies,
          hasBefore: (replies[0]?.seq ?? 2) > 2,
          hasAfter: (replies.at(-1)?.seq ?? 0) < (log.at(-1)?.seq ?? 0),
        }
      },
      onPage: () => {},
    }),
  )
  return {
    thread,
    asked,
    log,
    seqs: () => thread.replies()?.replies.map(({ seq }) => seq),
    down: (value: boolean) => (isDown = value),
    news: (news: RoomNews) => hearNews(news),
    say: async (frame: ServerFrame) => {
      heard.get(frame.type)?.(frame)
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    },
  }
}
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)
const synced = { type: 'synced', epoch: 'one' } as const

test('opens at the end and knows what I had read; older pages join on', async () => {
  const { thread, seqs } = threadOf(30)
  await thread.open('end')
  expect([seqs(), thread.readBefore()]).toEqual([range(21, 30), 3])
  await thread.loadMore('older')
  expect(seqs()).toEqual(range(11, 30))
})

test('a link to a reply opens the page around it, and the end is a load away', async () => {
  const { thread, seqs } = threadOf(40)
  await thread.open(5)
  expect(seqs()).toEqual(range(5, 14))
  await thread.open('end')
  expect(seqs()).toEqual(range(31, 40))
})

test('what was said while the line was down is there when it is back', async () => {
  const { thread, seqs, log, say } = threadOf(12)
  await thread.open('end')
  log.push(reply(13), reply(14))
  await say(synced)
  expect(seqs()).toEqual(range(3, 14))
})

test('a thread that could not be loaded is asked for again by the next connection', async () => {
  const { thread, seqs, say, down } = threadOf(5)
  down(true)
  await thread.open('end')
  expect([thread.error()?.code, seqs()]).toEqual(['internal', undefined])
  down(false)
  await say(synced)
  expect([thread.error(), seqs()]).toEqual([null, range(2, 5)])
})

test('after a jump too far to heal, rows of before are read anew', async () => {
  const { thread, log, say } = threadOf(5)
  await thread.open('end')
  log[0] = reply(2, { message: 'changed unheard' })
  await say({ type: 'joined', roomId: 'room', head: 900, lastSeq: 900, tooFar: true })
  await say(synced)
  expect(thread.replies()?.replies[0]?.message).toBe('changed unheard')
})

test('a reply that comes is there at once', async () => {
  const { thread, seqs, news } = threadOf(5)
  await thread.open('end')
  news({ type: 'chat', chat: reply(9) })
  expect(seqs()).toEqual([2, 3, 4, 5, 9])
})
