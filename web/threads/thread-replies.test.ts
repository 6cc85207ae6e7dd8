import { expect, test } from 'bun:test'
import { bob, chatAt } from '../live/testing.ts'
import {
  openReplies,
  trimmed,
  withNewer,
  withNewest,
  withOlder,
  withThreadNews,
} from './thread-replies.ts'

const root = chatAt(1)
const reply = (seq: number, more: Parameters<typeof chatAt>[1] = {}) =>
  chatAt(seq, { threadId: root.id, sender: bob, ...more })
const page = (seqs: number[], more: { hasBefore?: boolean; hasAfter?: boolean } = {}) => ({
  chat: root,
  replies: seqs.map((seq) => reply(seq)),
  hasBefore: false,
  hasAfter: false,
  ...more,
})
const seqs = (held: { replies: readonly { seq: number }[] }) => held.replies.map(({ seq }) => seq)

test('older and newer pages join on, overlapping or not', () => {
  const held = openReplies(page([10, 12], { hasBefore: true, hasAfter: true }))
  const older = withOlder(held, page([5, 7, 10]))
  expect([seqs(older), older.hasBefore, older.hasAfter]).toEqual([[5, 7, 10, 12], false, true])
  const newer = withNewer(older, page([12, 15]))
  expect([seqs(newer), newer.hasAfter]).toEqual([[5, 7, 10, 12, 15], false])
})

test('a reply that comes is shown at the end, once; of other threads none', () => {
  const held = openReplies(page([5]))
  const next = withThreadNews(held, { type: 'chat', chat: reply(8) })
  expect(seqs(next)).toEqual([5, 8])
  expect(withThreadNews(next, { type: 'chat', chat: reply(8) })).toBe(next)
  const other = chatAt(9, { threadId: 'chat-2' })
  expect(withThreadNews(next, { type: 'chat', chat: other })).toBe(next)
})

test('a reader further up is not moved by what comes', () => {
  const held = openReplies(page([5], { hasAfter: true }))
  expect(withThreadNews(held, { type: 'chat', chat: reply(8) })).toBe(held)
})

test('an edit replaces its row by rev, and an older rev replaces nothing', () => {
  const held = openReplies(page([5]))
  const edited = withThreadNews(held, {
    type: 'updated',
    chat: reply(5, { rev: 9, message: 'better' }),
  })
  expect(edited.replies[0]?.message).toBe('better')
  expect(withThreadNews(edited, { type: 'updated', chat: reply(5, { rev: 7 }) })).toBe(edited)
})

test('the chat that the thread hangs on stays up to date', () => {
  const held = openReplies(page([5]))
  const gone = withThreadNews(held, {
    type: 'updated',
    chat: chatAt(1, { rev: 9, message: '', deletedAt: 'now' }),
  })
  expect(gone.root.deletedAt).toBe('now')
})

test('after the line was down, what was missed joins on', () => {
  const held = openReplies(page([5, 7]))
  expect(seqs(withNewest(held, page([7, 9, 11], { hasBefore: true }), false))).toEqual([
    5, 7, 9, 11,
  ])
})

test('after too long, the older part is let go rather than shown with a hole', () => {
  const held = openReplies(page([5, 7]))
  const next = withNewest(held, page([90, 91], { hasBefore: true }), false)
  expect([seqs(next), next.hasBefore]).toEqual([[90, 91], true])
})

test('after a jump too far to heal nothing of before stays', () => {
  const held = openReplies(page([5, 7]))
  expect(seqs(withNewest(held, page([7, 9]), true))).toEqual([7, 9])
})

test('a reader further up keeps their place over a reconnect, and learns of edits there', () => {
  const held = openReplies(page([5, 7], { hasAfter: true }))
  const told = { ...page([9]), replies: [reply(7, { rev: 20, message: 'edited' }), reply(9)] }
  const next = withNewest(held, told, false)
  expect([seqs(next), next.hasAfter, next.replies[1]?.message]).toEqual([[5, 7], true, 'edited'])
})

test('a run that got long is cut back on the side that the reader left', () => {
  const long = openReplies(page(Array.from({ length: 501 }, (_, at) => at + 2)))
  const up = trimmed(long, 'older')
  expect([up.replies.length, up.replies[0]?.seq, up.hasAfter]).toEqual([300, 2, true])
  const down = trimmed(long, 'newer')
  expect([down.replies.length, down.replies.at(-1)?.seq, down.hasBefore]).toEqual([300, 502, true])
})
