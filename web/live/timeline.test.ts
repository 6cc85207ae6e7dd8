import { expect, test } from 'bun:test'
import { createComputed, createRoot } from 'solid-js'
import type { Chat, HistoryPage } from '../../src/protocol/chats.ts'
import { ada, chatAt, previewAt } from './testing.ts'
import { createTimeline, type HistoryAt } from './timeline.ts'

/** A room with `count` chats on a server that answers when told to. */
function roomOf(count: number) {
  const log: Chat[] = Array.from({ length: count }, (_, at) => chatAt(at + 1))
  let head = count
  const asked: HistoryAt[] = []
  let isDown = false
  const read = (at: HistoryAt): HistoryPage => {
    if (isDown) throw new Error('down')
    const [from, to] =
      'before' in at
        ? [at.before - 50, at.before - 1]
        : 'after' in at
          ? [at.after + 1, at.after + 50]
          : 'around' in at
            ? [at.around - 25, at.around + 25]
            : [log.length - 49, log.length]
    const chats = log.filter((chat) => chat.seq >= from && chat.seq <= to)
    return { chats, hasBefore: from > 1, hasAfter: to < log.length }
  }
  const gates: (() => void)[] = []
  let isHeld = false
  const timeline = createRoot(() =>
    createTimeline({
      roomId: 'room',
      head,
      lastSeq: count,
      loadPage: async (at) => {
        asked.push(at)
        const page = read(at)
        if (isHeld) await new Promise<void>((resolve) => gates.push(resolve))
        return page
      },
      outgoing: () => [],
    }),
  )
  return {
    timeline,
    asked,
    seqs: () => timeline.chats().map((chat) => chat.seq),
    hold: () => (isHeld = true),
    release: () => {
      isHeld = false
      for (const open of gates.splice(0)) open()
    },
    down: (value: boolean) => (isDown = value),
    /** Someone posts; the frame is returned, not delivered. */
    post: () => {
      const chat = chatAt(log.length + 1, { rev: ++head })
      log.push(chat)
      return { type: 'chat' as const, chat }
    },
    edit: (seq: number, message: string) => {
      const chat = chatAt(seq, { rev: ++head, message, editedAt: 'now' })
      log[seq - 1] = chat
      return { type: 'chat_updated' as const, chat }
    },
    joined: (after: number) => ({
      type: 'joined' as const,
      roomId: 'room',
      head,
      lastSeq: log.length,
      changes: log.filter((chat) => chat.rev > after),
    }),
    tooFar: () => ({
      type: 'joined' as const,
      roomId: 'room',
      head,
      lastSeq: log.length,
      tooFar: true as const,
    }),
  }
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

test('opens at the end, and older pages join on', async () => {
  const { timeline, seqs } = roomOf(200)
  await timeline.open('end')
  expect(seqs()).toEqual(range(151, 200))
  await timeline.loadOlder()
  expect(seqs()).toEqual(range(101, 200))
  expect([timeline.hasBefore(), timeline.hasAfter()]).toEqual([true, false])
})

test('a live chat at the end is shown, an edit replaces its row', async () => {
  const { timeline, seqs, post, edit } = roomOf(60)
  await timeline.open('end')
  timeline.apply(post())
  timeline.apply(edit(61, 'better'))
  expect(seqs().at(-1)).toBe(61)
  expect(timeline.chats().at(-1)?.message).toBe('better')
})

test('a reader in the middle is not moved by live chats, and newer pages lead to them', async () => {
  const { timeline, seqs, post } = roomOf(200)
  await timeline.open(100)
  expect(seqs()).toEqual(range(75, 125))
  timeline.apply(post())
  expect(seqs()).toEqual(range(75, 125))
  expect(timeline.hasAfter()).toBe(true)
  await timeline.loadNewer()
  await timeline.loadNewer()
  expect(seqs()).toEqual(range(75, 201))
  expect(timeline.hasAfter()).toBe(false)
})

test('a hole is told, and the joined that heals it brings what was missed', async () => {
  const { timeline, seqs, post, joined } = roomOf(60)
  await timeline.open('end')
  post()
  const late = post()
  expect(timeline.apply(late).hole).toBe(true)
  expect(seqs().at(-1)).toBe(60)
  timeline.apply(joined(timeline.head()))
  expect(seqs().slice(-2)).toEqual([61, 62])
})

test('an edit that comes while an older page is under way wins over that page', async () => {
  const { timeline, edit, hold, release } = roomOf(200)
  await timeline.open('end')
  hold()
  const loading = timeline.loadOlder()
  timeline.apply(edit(120, 'edited'))
  release()
  await loading
  expect(timeline.chats().find((chat) => chat.seq === 120)?.message).toBe('edited')
})

test('a chat that comes while the first page is under way is not lost', async () => {
  const { timeline, seqs, post, hold, release } = roomOf(60)
  hold()
  const opening = timeline.open('end')
  timeline.apply(post())
  release()
  await opening
  expect(seqs()).toEqual(range(11, 61))
})

test('too far keeps the old rows in sight until the new ones are here', async () => {
  const { timeline, seqs, post, tooFar, hold, release } = roomOf(60)
  await timeline.open('end')
  timeline.keepAround(60)
  for (let more = 0; more < 400; more += 1) post()
  hold()
  timeline.apply(tooFar())
  expect(seqs()).toEqual(range(11, 60))
  timeline.apply(post())
  release()
  await settled()
  expect(seqs()).toEqual(range(411, 461))
})

test('too far while the network fails is made good when the line is back', async () => {
  const { timeline, seqs, post, tooFar, down } = roomOf(60)
  await timeline.open('end')
  timeline.keepAround(60)
  for (let more = 0; more < 400; more += 1) post()
  down(true)
  timeline.apply(tooFar())
  await settled()
  expect(seqs().at(-1)).toBe(60)
  down(false)
  timeline.resume()
  await settled()
  expect(seqs().at(-1)).toBe(460)
})

test('a long way back lets go of what is far, so that memory stays flat', async () => {
  const { timeline, seqs } = roomOf(2_000)
  await timeline.open('end')
  for (let page = 0; page < 30; page += 1) {
    timeline.keepAround(seqs()[0] ?? 0)
    await timeline.loadOlder()
    expect(seqs().length).toBeLessThanOrEqual(400)
  }
  expect(timeline.hasAfter()).toBe(true)
  const [first = 0] = seqs()
  expect(seqs()).toEqual(range(first, first + seqs().length - 1))
})

test('a room that nobody looks at keeps its newest page and goes on hearing', async () => {
  const { timeline, asked, seqs, post } = roomOf(200)
  await timeline.open('end')
  await timeline.loadOlder()
  timeline.close()
  timeline.apply(post())
  const before = asked.length
  await timeline.open('end')
  expect(asked).toHaveLength(before)
  expect(seqs().at(-1)).toBe(201)
})

test('what I sent is not shown twice once history has it', async () => {
  const mine = { cid: 'cid-60', roomId: 'room', message: '', state: 'sent' as const, madeAtMs: 0 }
  const entry = { ...mine, tries: 1, sentAtMs: 0, retryAtMs: 0, error: null }
  const timeline = createRoot(() =>
    createTimeline({
      roomId: 'room',
      head: 59,
      lastSeq: 59,
      loadPage: () => Promise.resolve({ chats: [chatAt(59)], hasBefore: true, hasAfter: false }),
      outgoing: () => [entry],
    }),
  )
  await timeline.open('end')
  expect(timeline.outgoing()).toHaveLength(1)
  timeline.apply({ type: 'chat', chat: chatAt(60, { sender: ada }) })
  expect(timeline.outgoing()).toHaveLength(0)
})

const preview = (...seqs: number[]) => ({
  type: 'preview' as const,
  roomId: 'room',
  chats: seqs.map((seq) => previewAt(seq)),
})

test('PV2: a preview and its chat change places at once, in a frame and in a page', async () => {
  const { timeline, post, hold, release } = roomOf(60)
  const shown = () => [
    ...timeline.chats().map(({ cid }) => cid),
    ...timeline.previews().map(({ cid }) => cid),
  ]
  const atOnce: string[][] = []
  createRoot(() => createComputed(() => void atOnce.push(shown().slice(-3))))
  timeline.applyPreviews(preview(61))
  expect(timeline.previews()).toEqual([])
  await timeline.open('end')
  timeline.applyPreviews(preview(62))
  timeline.apply(post())
  hold()
  timeline.close()
  const opening = timeline.open(30)
  // Read before its frame came.
  const frame = post()
  release()
  await opening
  await timeline.open('end')
  await timeline.loadNewer()
  timeline.apply(frame)
  for (const last of atOnce) expect(new Set(last).size).toBe(last.length)
  expect(atOnce).toContainEqual(['cid-60', 'cid-61', 'cid-62'])
  expect(shown().slice(-2)).toEqual(['cid-61', 'cid-62'])
  expect(timeline.previews()).toEqual([])
})

test('PV3: a preview of a chat that is held is not shown; all go with the line', async () => {
  const { timeline } = roomOf(60)
  await timeline.open('end')
  timeline.applyPreviews(preview(60, 61))
  expect(timeline.previews().map(({ cid }) => cid)).toEqual(['cid-61'])
  timeline.lost()
  expect(timeline.previews()).toEqual([])
})

test('a preview that is withdrawn, or was before a jump too far, is gone', async () => {
  const { timeline, tooFar } = roomOf(60)
  await timeline.open('end')
  timeline.applyPreviews(preview(61, 62))
  timeline.applyPreviews({ type: 'preview_withdrawn', roomId: 'room', ids: ['chat-61'] })
  expect(timeline.previews().map(({ cid }) => cid)).toEqual(['cid-62'])
  timeline.apply(tooFar())
  expect(timeline.previews()).toEqual([])
})

/** Lets promises that are already settled run on. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
