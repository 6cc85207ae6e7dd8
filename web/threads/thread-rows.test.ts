import { expect, test } from 'bun:test'
import type { OutboxEntry } from '../../src/client/outbox.ts'
import { ada, bob, chatAt, previewAt } from '../live/testing.ts'
import { openReplies } from './thread-replies.ts'
import { threadRowsOf } from './thread-rows.ts'

const root = chatAt(1, {
  thread: { count: 2, lastSeq: 4, lastAt: chatAt(4).createdAt, userIds: [bob.id] },
})
const replies = [chatAt(3, { threadId: root.id }), chatAt(4, { threadId: root.id, sender: bob })]
const page = { chat: root, replies, hasBefore: false, hasAfter: false }
const plain = { previews: [], outgoing: [], me: ada, newAfter: null }

test('the chat that it hangs on comes first, and how many replies there are below it', () => {
  const rows = threadRowsOf(openReplies(page), plain)
  expect(rows.map((row) => row.chat?.seq)).toEqual([1, 3, 4])
  expect(rows.map((row) => row.repliesBelow)).toEqual([null, 2, null])
  expect(rows[1]?.isGrouped).toBe(false)
})

test('while older replies are not loaded, that chat is further up', () => {
  const rows = threadRowsOf(openReplies({ ...page, hasBefore: true }), plain)
  expect(rows.map((row) => row.chat?.seq)).toEqual([3, 4])
  expect(rows.map((row) => row.repliesBelow)).toEqual([null, null])
})

test('what is on its way to the thread stands at its end, what goes to the room does not', () => {
  const entry: OutboxEntry = {
    cid: 'cid-9',
    roomId: 'room',
    message: 'on its way',
    state: 'sent',
    madeAtMs: 0,
    tries: 1,
    sentAtMs: 0,
    retryAtMs: 0,
    error: null,
    threadId: root.id,
  }
  const rows = threadRowsOf(openReplies(page), {
    ...plain,
    previews: [previewAt(5, { sender: bob }), previewAt(6, { sender: bob, threadId: root.id })],
    outgoing: [entry, { ...entry, cid: 'cid-10', threadId: undefined }],
  })
  expect(rows.map((row) => row.message)).toEqual([
    'chat 1',
    'chat 3',
    'chat 4',
    'chat 6',
    'on its way',
  ])
})
