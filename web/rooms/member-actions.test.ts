import { expect, test } from 'bun:test'
import type { MyRoom, RoomRole } from '../../src/protocol/rooms.ts'
import { memberActions } from './member-actions.ts'

const told = (mine: RoomRole, theirs: RoomRole, over: Partial<MyRoom> = {}, isMe = false) =>
  memberActions(
    { kind: 'public', role: mine, archivedAt: null, ...over },
    { role: theirs, isMe },
  ).map((action) => (action.type === 'role' ? action.role : action.type))

test('an owner gives every role and removes anyone', () => {
  expect(told('owner', 'member')).toEqual(['message', 'owner', 'admin', 'remove'])
  expect(told('owner', 'owner')).toEqual(['message', 'admin', 'member', 'remove'])
})

test('an admin does not touch owners', () => {
  expect(told('admin', 'member')).toEqual(['message', 'admin', 'remove'])
  expect(told('admin', 'owner')).toEqual(['message'])
})

test('a member only writes to others, and nobody acts on themselves here', () => {
  expect(told('member', 'member')).toEqual(['message'])
  expect(told('owner', 'owner', {}, true)).toEqual([])
})

test('direct and archived rooms keep their people', () => {
  expect(told('owner', 'member', { kind: 'direct' })).toEqual(['message'])
  expect(told('owner', 'member', { archivedAt: '2026-01-01T00:00:00.000Z' })).toEqual(['message'])
})
