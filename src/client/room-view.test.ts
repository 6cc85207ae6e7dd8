import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import type { Chat } from '../protocol/chats.ts'
import {
  type RoomView,
  applyFrame,
  mergePage,
  newestRun,
  openView,
  reloadView,
  runAround,
  trimView,
} from './room-view.ts'
import { chatOf } from './testing.ts'

const seqs = (chats: readonly Chat[]): number[] => chats.map((chat) => chat.seq)
const open = (head: number, lastSeq = head): RoomView => openView({ roomId: 'r', head, lastSeq })
const live = (view: RoomView, chat: Chat) => applyFrame(view, { type: 'chat', chat })
const edit = (view: RoomView, chat: Chat) => applyFrame(view, { type: 'chat_updated', chat })

test('the next rev is taken and told as news', () => {
  const { view, news, hole } = live(open(4), chatOf(5))
  expect(seqs(view.chats)).toEqual([5])
  expect(view).toMatchObject({ head: 5, lastSeq: 5 })
  expect(news).toEqual([{ type: 'chat', chat: chatOf(5) }])
  expect(hole).toBe(false)
})

test('a rev that was seen is dropped without a trace', () => {
  const { view } = live(open(4), chatOf(5))
  const again = live(view, chatOf(5))
  expect(again.view).toBe(view)
  expect(again.news).toEqual([])
})

test('a jump of rev is a hole, and the joined that answers it heals it', () => {
  const { view } = live(open(0), chatOf(1))
  const jump = live(view, chatOf(4))
  expect(jump).toMatchObject({ hole: true, news: [] })
  expect(jump.view).toBe(view)
  const healed = applyFrame(view, {
    type: 'joined',
    roomId: 'r',
    head: 4,
    lastSeq: 4,
    changes: [chatOf(2), chatOf(3), chatOf(4)],
  })
  expect(seqs(healed.view.chats)).toEqual([1, 2, 3, 4])
  expect(healed.view.head).toBe(4)
})

test('changes in order of rev are told as new chats in order of seq', () => {
  const healed = applyFrame(open(4), {
    type: 'joined',
    roomId: 'r',
    head: 8,
    lastSeq: 6,
    // Chat 5 was said, then 6, then 2 and 5 were edited.
    changes: [chatOf(6, 6), chatOf(2, 7), chatOf(5, 8)],
  })
  expect(healed.news.map(({ type, chat }) => `${type} ${chat.seq}`)).toEqual([
    'updated 2',
    'chat 5',
    'chat 6',
  ])
})

test('changes that came as live frames meanwhile are not told again', () => {
  const first = live(open(4), chatOf(5)).view
  const joined = applyFrame(first, {
    type: 'joined',
    roomId: 'r',
    head: 6,
    lastSeq: 6,
    changes: [chatOf(5), chatOf(6)],
  })
  expect(seqs(joined.news.map(({ chat }) => chat))).toEqual([6])
})

test('a joined without changes shows a hole when the room has moved on', () => {
  const joined = { type: 'joined', roomId: 'r', head: 5, lastSeq: 5 } as const
  expect(applyFrame(open(5), joined).hole).toBe(false)
  expect(applyFrame(open(4), joined).hole).toBe(true)
})

test('a chat that a page brought early is still told when its live frame comes', () => {
  const paged = mergePage(open(4), [chatOf(4), chatOf(5)])
  expect(live(paged, chatOf(5)).news).toEqual([{ type: 'chat', chat: chatOf(5) }])
})

test('a page read before an edit does not bring the older row back', () => {
  const edited = edit(open(9), chatOf(2, 10)).view
  const paged = mergePage(edited, [chatOf(1), chatOf(2), chatOf(3)])
  expect(paged.chats.map((chat) => chat.rev)).toEqual([1, 10, 3])
})

test('a page that brings nothing new leaves the view as it is', () => {
  const view = mergePage(open(3), [chatOf(1), chatOf(2)])
  expect(mergePage(view, [chatOf(2)])).toBe(view)
})

test('pages with gaps between them make runs, and a page between joins them', () => {
  const gapped = mergePage(mergePage(open(9), [chatOf(8), chatOf(9)]), [chatOf(1), chatOf(2)])
  expect(seqs(newestRun(gapped))).toEqual([8, 9])
  expect(seqs(runAround(gapped, 1))).toEqual([1, 2])
  expect(runAround(gapped, 5)).toEqual([])
  const whole = mergePage(
    gapped,
    [3, 4, 5, 6, 7].map((seq) => chatOf(seq)),
  )
  expect(seqs(newestRun(whole))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('the newest run is empty while the newest chat is not loaded', () => {
  expect(newestRun(mergePage(open(9), [chatOf(1)]))).toEqual([])
})

test('a reload replaces all rows, and tells what is new or changed', () => {
  const view = mergePage(open(3), [chatOf(2), chatOf(3)])
  const joined = { roomId: 'r', head: 500, lastSeq: 5 }
  const rows = [chatOf(2), chatOf(3, 499), chatOf(4), chatOf(5)]
  const { view: after, news } = reloadView(view, joined, rows)
  expect(news.map(({ type, chat }) => `${type} ${chat.seq}`)).toEqual([
    'updated 3',
    'chat 4',
    'chat 5',
  ])
  expect(after).toMatchObject({ head: 500, lastSeq: 5, chats: rows })
})

test('a live frame of what a reload brought already is not told again', () => {
  const rows = [chatOf(4), chatOf(5, 6)]
  const { view } = reloadView(open(3), { roomId: 'r', head: 4, lastSeq: 4 }, rows)
  const said = live(view, chatOf(5))
  expect(said).toMatchObject({ news: [], view: { head: 5 } })
  const edited = edit(said.view, chatOf(5, 6))
  expect(edited).toMatchObject({ news: [], view: { head: 6 } })
})

test('after a restore another chat in an old place is told as new', () => {
  const view = mergePage(open(3), [chatOf(2), chatOf(3)])
  const other = { ...chatOf(3), id: '0190b1f0-0000-7000-8000-00000000ffff' }
  const { view: after, news } = reloadView(view, { roomId: 'r', head: 3, lastSeq: 3 }, [
    chatOf(2),
    other,
  ])
  expect(news).toEqual([{ type: 'chat', chat: other }])
  expect(after.head).toBe(3)
})

test('trimming forgets the oldest', () => {
  const view = mergePage(open(3), [chatOf(1), chatOf(2), chatOf(3)])
  expect(seqs(trimView(view, 2).chats)).toEqual([2, 3])
  expect(trimView(view, 3)).toBe(view)
})

test('pages in any order, with edits between, end as the newest row of each chat', () => {
  const rows = fc.array(fc.record({ seq: fc.integer({ min: 1, max: 30 }), edits: fc.nat(5) }), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 7 }), (made, size) => {
      const chats = made.map(({ seq, edits }) => chatOf(seq, seq + edits * 30))
      let view = open(0)
      for (let at = 0; at < chats.length; at += size) {
        view = mergePage(view, chats.slice(at, at + size))
      }
      const newest = new Map<number, number>()
      for (const { seq, rev } of chats) newest.set(seq, Math.max(rev, newest.get(seq) ?? 0))
      const expected = [...newest].toSorted(([a], [b]) => a - b)
      expect(view.chats.map(({ seq, rev }) => [seq, rev])).toEqual(expected)
    }),
  )
})

test('frames lost and doubled at random, with healing, tell every chat once in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ isEdit: fc.boolean(), copies: fc.nat(2) }), { maxLength: 60 }),
      (steps) => {
        let view = open(0)
        const log: Chat[] = []
        const told: number[] = []
        let head = 0
        for (const { isEdit, copies } of steps) {
          head += 1
          const at = isEdit && log.length > 0 ? head % log.length : log.length
          const chat = chatOf(at + 1, head)
          const isNew = at === log.length
          log[at] = chat
          for (let copy = 0; copy < copies; copy += 1) {
            let applied = applyFrame(view, { type: isNew ? 'chat' : 'chat_updated', chat })
            if (applied.hole) {
              const changes = log
                .filter(({ rev }) => rev > view.head)
                .toSorted((a, b) => a.rev - b.rev)
              const joined = { roomId: 'r', head, lastSeq: log.length, changes }
              applied = applyFrame(view, { type: 'joined', ...joined })
            }
            view = applied.view
            for (const news of applied.news) if (news.type === 'chat') told.push(news.chat.seq)
          }
        }
        expect(told).toEqual(told.map((_, at) => at + 1))
        if (view.head === head) expect(view.chats).toEqual(log)
      },
    ),
  )
})
