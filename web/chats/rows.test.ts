import { expect, test } from 'bun:test'
import type { OutboxEntry } from '../../src/client/outbox.ts'
import { ada, bob, chatAt, previewAt } from '../live/testing.ts'
import { changeOf, rowsOf, seqUpTo } from './rows.ts'

const at = (minute: number, day = 21) => new Date(2026, 10, day, 9, minute).toISOString()
const sending: OutboxEntry = {
  cid: 'cid-9',
  roomId: 'room',
  message: 'on its way',
  state: 'sent',
  madeAtMs: Date.parse(at(9)),
  tries: 1,
  sentAtMs: 0,
  retryAtMs: 0,
  error: null,
}
const plain = { previews: [], outgoing: [], me: ada, newAfter: null, hasEnd: true }

test('chats of one person within five minutes are one group', () => {
  const chats = [
    chatAt(1, { createdAt: at(0) }),
    chatAt(2, { createdAt: at(4) }),
    chatAt(3, { createdAt: at(8) }),
    chatAt(4, { createdAt: at(13) }),
    chatAt(5, { createdAt: at(14), sender: bob }),
  ]
  const grouped = rowsOf({ ...plain, chats }).map((row) => row.isGrouped)
  expect(grouped).toEqual([false, true, true, false, false])
})

test('a system line ends a group, and is never in one', () => {
  const chats = [
    chatAt(1, { createdAt: at(0) }),
    chatAt(2, { createdAt: at(0), kind: 'system', event: { type: 'joined' } }),
    chatAt(3, { createdAt: at(1) }),
  ]
  expect(rowsOf({ ...plain, chats }).map((row) => row.isGrouped)).toEqual([false, false, false])
})

test('each day begins with its name, and ends a group', () => {
  const chats = [
    chatAt(1, { createdAt: new Date(2026, 10, 20, 23, 59).toISOString() }),
    chatAt(2, { createdAt: new Date(2026, 10, 21, 0, 1).toISOString() }),
  ]
  const rows = rowsOf({ ...plain, chats })
  expect(rows.map((row) => row.isNewDay)).toEqual([true, true])
  expect(rows[1]?.isGrouped).toBe(false)
})

test('the New line is above the first unread chat of another, once', () => {
  const chats = [
    chatAt(1, { sender: bob }),
    chatAt(2, { sender: ada }),
    chatAt(3, { sender: bob, kind: 'system', event: { type: 'joined' } }),
    chatAt(4, { sender: bob }),
    chatAt(5, { sender: bob }),
  ]
  const rows = rowsOf({ ...plain, chats, newAfter: 1 })
  expect(rows.map((row) => row.isFirstNew)).toEqual([false, false, false, true, false])
  expect(rowsOf({ ...plain, chats }).some((row) => row.isFirstNew)).toBe(false)
})

test('a sent chat keeps its key when it is confirmed', () => {
  const before = rowsOf({ ...plain, chats: [], outgoing: [sending] })
  const after = rowsOf({ ...plain, chats: [chatAt(9, { sender: ada })] })
  expect(before.map((row) => row.key)).toEqual(after.map((row) => row.key))
  expect([before[0]?.state, after[0]?.state]).toEqual(['sending', 'sent'])
})

test('what is on its way is not shown in the middle of history', () => {
  const previews = [previewAt(2)]
  const rows = rowsOf({
    ...plain,
    chats: [chatAt(1)],
    previews,
    outgoing: [sending],
    hasEnd: false,
  })
  expect(rows).toHaveLength(1)
})

test('PV1: previews stand below the newest chat in the order they came, and keep their keys', () => {
  const chats = [chatAt(1, { sender: bob })]
  const previews = [previewAt(3, { sender: bob }), previewAt(2, { sender: bob })]
  const before = rowsOf({ ...plain, chats, previews, newAfter: 0 })
  expect(before.map(({ state, message }) => `${state}: ${message}`)).toEqual([
    'sent: chat 1',
    'preview: chat 3',
    'preview: chat 2',
  ])
  // Stored under another id, by a retry over another node.
  const stored = chatAt(2, { sender: bob, cid: 'cid-3', message: 'chat 3', id: 'chat-3b' })
  const after = rowsOf({ ...plain, chats: [...chats, stored], previews: previews.slice(1) })
  expect(after.map((row) => row.key)).toEqual(before.map((row) => row.key))
  expect(after[1]).toMatchObject({ state: 'sent', chat: stored })
})

test('the newest seq in view is that of a chat, whatever waits below it', () => {
  const previews = [previewAt(3, { sender: bob }), previewAt(4, { sender: bob })]
  const rows = rowsOf({ ...plain, chats: [chatAt(1), chatAt(2)], previews })
  expect([0, 1, 2, 3].map((row) => seqUpTo(rows, row))).toEqual([1, 2, 2, 2])
  expect(seqUpTo(rowsOf({ ...plain, chats: [], previews }), 1)).toBeNull()
})

test('previews are grouped like chats, have nothing to act on, and never begin what is new', () => {
  const chats = [chatAt(1, { sender: bob, createdAt: at(0) })]
  const previews = [
    previewAt(2, { sender: bob, sentAt: at(1) }),
    previewAt(3, { sender: ada, sentAt: at(1) }),
    previewAt(4, { sender: ada, sentAt: at(2) }),
  ]
  const [, ...waiting] = rowsOf({ ...plain, chats, previews, newAfter: 1 })
  expect(waiting.map((row) => row.isGrouped)).toEqual([true, false, true])
  for (const row of waiting)
    expect(row).toMatchObject({ chat: null, entry: null, isFirstNew: false })
})

test('what I send takes the place that its preview shows, and is last until then', () => {
  const mine = previewAt(9, { sender: ada, message: sending.message })
  const later = { ...sending, cid: 'cid-11', message: 'not there yet' }
  const previews = [previewAt(8, { sender: bob }), mine, previewAt(10, { sender: bob })]
  const messages = (shown: typeof previews) =>
    rowsOf({ ...plain, chats: [], previews: shown, outgoing: [sending, later] }).map(
      ({ state, message }) => `${state}: ${message}`,
    )
  expect(messages(previews.slice(0, 1))).toEqual([
    'preview: chat 8',
    'sending: on its way',
    'sending: not there yet',
  ])
  expect(messages(previews)).toEqual([
    'preview: chat 8',
    'sending: on its way',
    'preview: chat 10',
    'sending: not there yet',
  ])
})

test('what I send from elsewhere is shown as being sent by me', () => {
  const [row] = rowsOf({ ...plain, chats: [], previews: [previewAt(1, { sender: ada })] })
  expect(row).toMatchObject({ state: 'preview', sender: ada, entry: null })
})

test('a list that changed at its start alone is told apart, for the view to stay', () => {
  expect(changeOf(['b', 'c'], ['a', 'b', 'c'])).toBe('start')
  expect(changeOf(['a', 'b', 'c'], ['b', 'c'])).toBe('start')
  expect(changeOf(['a', 'b'], ['a', 'b', 'c'])).toBe('end')
  expect(changeOf(['a', 'b'], ['a', 'b'])).toBe('none')
  expect(changeOf(['a', 'b'], ['x', 'y'])).toBe('other')
  expect(changeOf([], ['x'])).toBe('other')
})

test('a list that changed within keeps its place from the start, and is not taken for unchanged', () => {
  expect(changeOf(['a', 'mine'], ['a', 'preview', 'mine'])).toBe('end')
  expect(changeOf(['a', 'preview', 'mine'], ['a', 'mine'])).toBe('end')
  expect(changeOf(['a', 'one', 'mine'], ['a', 'two', 'mine'])).toBe('end')
})

test('an answer stands under its author’s name, with what it quotes from the moment it is sent', () => {
  const chats = [chatAt(1, { sender: bob }), chatAt(2, { createdAt: at(8) })]
  const rows = rowsOf({ ...plain, chats, outgoing: [{ ...sending, replyToId: 'chat-1' }] })
  expect(rows.map((row) => row.isGrouped)).toEqual([false, false, false])
  expect(rows[2]?.quote).toMatchObject({ id: 'chat-1', seq: 1, message: 'chat 1', sender: bob })
})

test('TH1: replies stay in their thread, but for those said in the room too', () => {
  const chats = [
    chatAt(1),
    chatAt(2, { threadId: 'chat-1' }),
    chatAt(3, { threadId: 'chat-1', inRoom: true }),
  ]
  const outgoing = [{ ...sending, threadId: 'chat-1' }]
  expect(rowsOf({ ...plain, chats, outgoing }).map((row) => row.chat?.seq)).toEqual([1, 3])
})

test('the line that I drew myself may stand over my own chat', () => {
  const chats = [chatAt(1), chatAt(2), chatAt(3, { sender: bob })]
  const drawn = rowsOf({ ...plain, chats, newAfter: 1, drawsOverMine: true })
  expect(drawn.map((row) => row.isFirstNew)).toEqual([false, true, false])
})
