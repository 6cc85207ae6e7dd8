import { expect, test } from 'bun:test'
import { mergeTold, withNews, withRead } from './room-facts.ts'
import { ada, bob, chatAt, roomAt } from './testing.ts'

const room = roomAt('room', { head: 5, lastSeq: 5, lastMainSeq: 5, readSeq: 5 })
const news = (...chats: ReturnType<typeof chatAt>[]) =>
  chats.map((chat) => ({ type: 'chat' as const, chat }))

test('a chat of another makes the room unread, my own does not', () => {
  expect(withNews(room, news(chatAt(6, { sender: bob })), 'ada').unread).toBe(1)
  expect(withNews(room, news(chatAt(6, { sender: ada })), 'ada').unread).toBe(0)
})

test('a system chat moves the end, but makes nothing unread', () => {
  const after = withNews(room, news(chatAt(6, { kind: 'system', sender: bob })), 'ada')
  expect(after).toMatchObject({ lastSeq: 6, lastMainSeq: 5, unread: 0, lastChatAt: null })
})

test('a mention counts until it is read, edited away or deleted', () => {
  const called = withNews(room, news(chatAt(6, { sender: bob, mentions: ['ada'] })), 'ada')
  expect(called.mentionSeqs).toEqual([6])
  expect(withRead(called, 6).mentionSeqs).toEqual([])
  const edited = withNews(called, news(chatAt(6, { rev: 7, sender: bob })), 'ada')
  expect(edited).toMatchObject({ mentionSeqs: [], unread: 1 })
  const deleted = chatAt(6, { rev: 7, sender: bob, mentions: ['ada'], deletedAt: 'now' })
  expect(withNews(called, news(deleted), 'ada').mentionSeqs).toEqual([])
})

test('reading never goes back', () => {
  expect(withRead(room, 2).readSeq).toBe(5)
})

test('a list that was read before the newest chat takes nothing back', () => {
  const held = withNews(room, news(chatAt(6, { sender: bob, mentions: ['ada'] })), 'ada')
  const told = mergeTold(held, { ...room, name: 'Renamed', readSeq: 3 })
  expect(told).toMatchObject({
    name: 'Renamed',
    lastSeq: 6,
    readSeq: 5,
    mentionSeqs: [6],
    unread: 1,
  })
})
