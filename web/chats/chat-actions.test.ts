import { expect, test } from 'bun:test'
import type { Chat } from '../../src/protocol/chats.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { ada, bob, chatAt } from '../live/testing.ts'
import { actionOfKey, mayAnswer, mayDelete, mayEdit, type ChatActions } from './chat-actions.ts'

// Only these two facts of a room are looked at here.
const room = (more: Partial<MyRoom> = {}) =>
  ({ role: 'member', archivedAt: null, ...more }) as MyRoom
const actionsOf = (more: Partial<ChatActions> = {}) => {
  const done: string[] = []
  const note = (what: string) => () => void done.push(what)
  const actions: ChatActions = {
    mayEdit: (chat) => mayEdit(chat, room(), ada.id),
    mayDelete: (chat) => mayDelete(chat, room(), ada.id),
    mayAnswer: (chat) => mayAnswer(chat, room()),
    isSaved: () => false,
    edit: note('edit'),
    remove: note('remove'),
    copyText: note('text'),
    copyLink: note('link'),
    reply: note('reply'),
    openThread: note('thread'),
    react: note('react'),
    picking: () => null,
    pick: note('pick'),
    pin: note('pin'),
    save: note('save'),
    markUnread: note('unread'),
    showEdits: note('edits'),
    jump: note('jump'),
    ...more,
  }
  const press = (keys: string[], chat: Chat) => {
    for (const key of keys) actionOfKey(key, chat, actions, { x: 0, y: 0 })?.()
    return done.splice(0)
  }
  return { press }
}
const keys = ['r', 't', 'e', '+', 'p', 's', 'u', 'Delete', 'c']

test('security 25: only my own chats can be edited, whatever my role', () => {
  expect(mayEdit(chatAt(1), room(), ada.id)).toBe(true)
  expect(mayEdit(chatAt(1), room({ role: 'owner' }), bob.id)).toBe(false)
})

test('security 25: my own chats can be deleted, those of others by owners and admins', () => {
  expect(mayDelete(chatAt(1), room(), ada.id)).toBe(true)
  expect(mayDelete(chatAt(1), room(), bob.id)).toBe(false)
  expect(mayDelete(chatAt(1), room({ role: 'admin' }), bob.id)).toBe(true)
})

test('what is deleted, said by the system, or in an archived room stays as it is', () => {
  expect(mayEdit(chatAt(1, { deletedAt: 'now' }), room(), ada.id)).toBe(false)
  expect(mayDelete(chatAt(1, { kind: 'system' }), room({ role: 'owner' }), ada.id)).toBe(false)
  expect(mayEdit(chatAt(1), room({ archivedAt: 'now' }), ada.id)).toBe(false)
  expect(mayAnswer(chatAt(1), room({ archivedAt: 'now' }))).toBe(false)
})

test('each key on a focused chat does its one thing', () => {
  expect(actionsOf().press(keys, chatAt(1))).toEqual([
    'reply',
    'thread',
    'edit',
    'pick',
    'pin',
    'save',
    'unread',
    'remove',
    'link',
  ])
})

test('keys do as much as I may: a chat of another is not edited, nor deleted', () => {
  const done = actionsOf().press(keys, chatAt(2, { sender: bob }))
  expect(done).not.toContain('edit')
  expect(done).not.toContain('remove')
})

test('a deleted chat has nothing but its thread', () => {
  const thread = { count: 1, lastSeq: 4, lastAt: 'now', userIds: [bob.id] }
  expect(actionsOf().press(keys, chatAt(3, { deletedAt: 'now' }))).toEqual([])
  expect(actionsOf().press(keys, chatAt(3, { deletedAt: 'now', thread }))).toEqual(['thread'])
})

test('in a thread there is no thread to open and nothing to mark unread', () => {
  const done = actionsOf({ openThread: null, markUnread: null }).press(['t', 'u'], chatAt(1))
  expect(done).toEqual([])
})
