import { expect, test } from 'bun:test'
import type { Chat } from '../../src/protocol/chats.ts'
import { ada, bob, chatAt } from '../live/testing.ts'
import { direct, room } from '../rooms/testing.ts'
import { reasonToTell, type NewsOf } from './reason.ts'

const told = (chat: Partial<Chat>, more: Partial<NewsOf> = {}) =>
  reasonToTell({
    news: { type: 'chat', chat: chatAt(9, { sender: bob, ...chat }) },
    room: room('r'),
    meId: ada.id,
    settings: {},
    followsThread: false,
    ...more,
  })

const withLevel = (notify: 'all' | 'mentions' | 'none' | null, muted = false) =>
  room('r', { preferences: { notify, muted } })

test('a room tells of mentions, of @room and @here, and of nothing else unless I said so', () => {
  expect(told({})).toBeNull()
  expect(told({ mentions: [ada.id] })).toBe('mention')
  expect(told({ mentions: ['somebody else'] })).toBeNull()
  expect(told({ everyone: 'room' })).toBe('mention')
  expect(told({ everyone: 'here' })).toBe('mention')
  expect(told({}, { room: withLevel('all') })).toBe('message')
  expect(told({}, { settings: { notify: 'all' } })).toBe('message')
})

test('what a room says of itself counts more than what I said of all', () => {
  expect(told({}, { room: withLevel('mentions'), settings: { notify: 'all' } })).toBeNull()
  expect(told({ mentions: [ada.id] }, { room: withLevel('none') })).toBeNull()
  expect(told({}, { room: withLevel('all'), settings: { notify: 'none' } })).toBe('message')
})

test('direct rooms tell of everything, unless they or all are to be silent', () => {
  expect(told({}, { room: direct('d') })).toBe('direct')
  expect(told({}, { room: direct('d'), settings: { notify: 'mentions' } })).toBe('direct')
  expect(told({}, { room: direct('d'), settings: { notify: 'none' } })).toBeNull()
  const some = direct('d', { preferences: { notify: 'mentions', muted: false } })
  expect(told({}, { room: some })).toBeNull()
})

test('a muted room never tells, not even of a mention', () => {
  const muted = direct('d', { preferences: { notify: 'all', muted: true } })
  expect(told({ mentions: [ada.id] }, { room: muted })).toBeNull()
})

test('my own chats, changes, system chats, deleted ones and archived rooms are never told', () => {
  const all = { room: withLevel('all') }
  expect(told({ sender: ada }, all)).toBeNull()
  expect(told({ kind: 'system' }, all)).toBeNull()
  expect(told({ deletedAt: '2026-11-21T10:00:00.000Z' }, all)).toBeNull()
  const news = { type: 'updated' as const, chat: chatAt(9, { sender: bob, mentions: [ada.id] }) }
  expect(told({}, { ...all, news })).toBeNull()
  const archived = room('r', { archivedAt: '2026-11-21T10:00:00.000Z' })
  expect(told({ mentions: [ada.id] }, { room: archived })).toBeNull()
})

test('a reply is told to those who follow its thread or are named in it; said in the room as well, to all', () => {
  const reply = { threadId: 'root' }
  expect(told(reply)).toBeNull()
  expect(told(reply, { room: withLevel('all') })).toBeNull()
  expect(told(reply, { followsThread: true })).toBe('thread')
  expect(told({ ...reply, mentions: [ada.id] })).toBe('mention')
  expect(told({ ...reply, inRoom: true }, { room: withLevel('all') })).toBe('message')
  expect(told(reply, { followsThread: true, room: withLevel('none') })).toBeNull()
})
