import { expect, test } from 'bun:test'
import type { RoomRole } from '../protocol/rooms.ts'
import {
  mayAdd,
  mayGiveRole,
  mayJoin,
  mayLeave,
  mayRemove,
  mayUpdate,
  type Standing,
} from './rules.ts'

const room = (change: Partial<Standing> = {}): Standing => ({
  kind: 'public',
  archived: false,
  role: 'member',
  owners: 1,
  memberCount: 3,
  ...change,
})
const stranger = { role: null }

test('a public room is joined by anyone, a private or direct one does not exist for strangers', () => {
  expect(mayJoin(room(stranger))).toBeNull()
  expect(mayJoin(room({ ...stranger, kind: 'private' }))).toBe('not_found')
  expect(mayJoin(room({ ...stranger, kind: 'direct' }))).toBe('not_found')
  expect(mayJoin(room({ ...stranger, archived: true }))).toBe('room_archived')
})

test('the last owner leaves only when alone, or once another is owner', () => {
  expect(mayLeave(room())).toBeNull()
  expect(mayLeave(room({ role: 'owner' }))).toBe('last_owner')
  expect(mayLeave(room({ role: 'owner', owners: 2 }))).toBeNull()
  expect(mayLeave(room({ role: 'owner', memberCount: 1 }))).toBeNull()
  expect(mayLeave(room({ archived: true }))).toBeNull()
  expect(mayLeave(room({ kind: 'direct' }))).toBe('direct_room')
})

test('every member may bring people in, strangers may not', () => {
  expect(mayAdd(room({ kind: 'private' }))).toBeNull()
  expect(mayAdd(room(stranger))).toBe('not_member')
  expect(mayAdd(room({ ...stranger, kind: 'private' }))).toBe('not_found')
  expect(mayAdd(room({ kind: 'direct' }))).toBe('direct_room')
  expect(mayAdd(room({ archived: true }))).toBe('room_archived')
})

test('owners and admins take people out, admins no owner', () => {
  expect(mayRemove(room(), 'member')).toBe('needs_admin')
  expect(mayRemove(room({ role: 'admin' }), 'admin')).toBeNull()
  expect(mayRemove(room({ role: 'admin' }), 'owner')).toBe('needs_owner')
  expect(mayRemove(room({ role: 'owner' }), 'owner')).toBeNull()
})

const give = (role: RoomRole, from: RoomRole, to: RoomRole, self = false, owners = 1) =>
  mayGiveRole(room({ role, owners }), { from, to, self })

test('admins make members admins and back; owners give and take every role', () => {
  expect(give('member', 'member', 'admin')).toBe('needs_admin')
  expect(give('admin', 'member', 'admin')).toBeNull()
  expect(give('admin', 'admin', 'member', true)).toBeNull()
  expect(give('admin', 'member', 'owner')).toBe('needs_owner')
  expect(give('admin', 'owner', 'member')).toBe('needs_owner')
  expect(give('owner', 'member', 'owner')).toBeNull()
  expect(give('owner', 'owner', 'member', true)).toBe('last_owner')
  expect(give('owner', 'owner', 'member', true, 2)).toBeNull()
})

test('every member sets the topic; name and archive are for owners and admins', () => {
  expect(mayUpdate(room(), { topic: 'x' })).toBeNull()
  expect(mayUpdate(room(), { topic: 'x', name: 'y' })).toBe('needs_admin')
  expect(mayUpdate(room(), { archived: true })).toBe('needs_admin')
  expect(mayUpdate(room({ role: 'admin' }), { name: 'y', archived: true })).toBeNull()
  expect(mayUpdate(room(stranger), { topic: 'x' })).toBe('not_member')
  expect(mayUpdate(room({ kind: 'direct' }), { topic: 'x' })).toBe('direct_room')
})

test('an archived room takes nothing but its return', () => {
  const archived = room({ role: 'owner', archived: true })
  expect(mayUpdate(archived, { name: 'x' })).toBe('room_archived')
  expect(mayUpdate(archived, { archived: true })).toBeNull()
  expect(mayUpdate(archived, { archived: false, name: 'x' })).toBeNull()
})
