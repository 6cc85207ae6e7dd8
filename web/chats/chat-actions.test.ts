import { expect, test } from 'bun:test'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { ada, bob, chatAt } from '../live/testing.ts'
import { actionOfKey, mayDelete, mayEdit, type ChatActions } from './chat-actions.ts'

// Only these two facts of a room are looked at here.
const room = (more: Partial<MyRoom> = {}) =>
  ({ role: 'member', archivedAt: null, ...more }) as MyRoom
const done: string[] = []
const actions: ChatActions = {
  mayEdit: (chat) => mayEdit(chat, room(), ada.id),
  mayDelete: (chat) => mayDelete(chat, room(), ada.id),
  edit: () => done.push('edit'),
  remove: () => done.push('remove'),
  copyText: () => done.push('text'),
  copyLink: () => done.push('link'),
}

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
})

test('E, Delete and C act on a focused chat, as far as they may', () => {
  for (const key of ['e', 'Delete', 'c']) actionOfKey(key, chatAt(1), actions)?.()
  expect(done).toEqual(['edit', 'remove', 'link'])
  const others = chatAt(2, { sender: bob })
  expect(actionOfKey('e', others, actions)).toBe(null)
  expect(actionOfKey('Delete', others, actions)).toBe(null)
  expect(actionOfKey('c', chatAt(3, { deletedAt: 'now' }), actions)).toBe(null)
})
