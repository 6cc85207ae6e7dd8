import { expect, test } from 'bun:test'
import { invalidInput } from './errors.ts'
import { clientFrameSchema, clientFrameTypes, type ClientFrame } from './frames.ts'
import { limits } from './limits.ts'

const roomId = '0198a7c2-6f3e-7d10-9c4b-2f1e8a5d7b60'

const accepted: ClientFrame[] = [
  { type: 'auth', token: 'a.b.c' },
  { type: 'join_room', roomId },
  { type: 'join_room', roomId, after: 0 },
  { type: 'leave_room', roomId },
  { type: 'chat', roomId, message: 'hi' },
  { type: 'chat', roomId, message: 'hi', cid: 'one' },
  { type: 'chat', roomId, message: 'hi', threadId: roomId, inRoom: true, replyToId: roomId },
  { type: 'chat', roomId, message: '', fileIds: [roomId] },
  { type: 'typing', roomId },
  { type: 'read', roomId, seq: 3 },
  { type: 'sync', rooms: [] },
  { type: 'sync', epoch: 'e', rooms: [{ roomId }, { roomId, after: 4 }] },
  { type: 'presence', status: 'online' },
  { type: 'presence', status: 'away' },
  { type: 'ping' },
]

test.each(accepted.map((frame) => [JSON.stringify(frame), frame] as const))(
  'the frame %s is accepted',
  (_text, frame) => {
    expect(clientFrameSchema.parse(frame)).toEqual(frame)
  },
)

test('every type a client may send is tried here', () => {
  expect(new Set<string>(accepted.map(({ type }) => type))).toEqual(new Set(clientFrameTypes))
})

test('CF1: unknown keys are ignored', () => {
  expect(clientFrameSchema.parse({ type: 'ping', seq: 7, isAdmin: true })).toEqual({ type: 'ping' })
})

test('security 28: seq, id and sender of a chat are not the client’s to say', () => {
  const chat = { type: 'chat', roomId, message: 'hi' }
  const forged = { ...chat, seq: 1, id: roomId, sender_id: roomId, kind: 'system' }
  expect(clientFrameSchema.parse(forged)).toEqual({ type: 'chat', roomId, message: 'hi' })
})

const refused: [frame: unknown, fields: string[]][] = [
  [null, ['']],
  ['ping', ['']],
  [[], ['']],
  [{}, ['type']],
  [{ type: 'launch' }, ['type']],
  [{ type: 'Ping' }, ['type']],
  [{ type: 'auth' }, ['token']],
  [{ type: 'auth', token: 7 }, ['token']],
  [{ type: 'auth', token: 'x'.repeat(4_097) }, ['token']],
  [{ type: 'join_room' }, ['roomId']],
  [{ type: 'join_room', roomId: 'general' }, ['roomId']],
  [{ type: 'join_room', roomId, after: -1 }, ['after']],
  [{ type: 'join_room', roomId, after: 1.5 }, ['after']],
  [{ type: 'join_room', roomId, after: '1' }, ['after']],
  [{ type: 'join_room', roomId, after: 2 ** 53 }, ['after']],
  [{ type: 'leave_room', roomId: null }, ['roomId']],
  [{ type: 'chat' }, ['roomId', 'message']],
  [{ type: 'chat', roomId, message: '' }, ['message']],
  [{ type: 'chat', roomId, message: ' \n' }, ['message']],
  [{ type: 'chat', roomId, message: 'a\0b' }, ['message']],
  [{ type: 'chat', roomId, message: { text: 'hi' } }, ['message']],
  [{ type: 'chat', roomId, message: 'hi', cid: '' }, ['cid']],
  [{ type: 'chat', roomId, message: 'hi', cid: 'a b' }, ['cid']],
  [{ type: 'chat', roomId, message: 'hi', cid: 7 }, ['cid']],
  [{ type: 'typing', roomId: [roomId] }, ['roomId']],
  [{ type: 'read', roomId }, ['seq']],
  [{ type: 'read', roomId, seq: Number.POSITIVE_INFINITY }, ['seq']],
  [{ type: 'sync' }, ['rooms']],
  [{ type: 'sync', rooms: [{ roomId }, { roomId: 'x' }] }, ['rooms.1.roomId']],
  [{ type: 'sync', rooms: [{ roomId, after: -1 }] }, ['rooms.0.after']],
  [
    { type: 'sync', rooms: Array.from({ length: limits.syncRooms + 1 }, () => ({ roomId })) },
    ['rooms'],
  ],
  [{ type: 'sync', rooms: [], epoch: 'x'.repeat(101) }, ['epoch']],
  [{ type: 'presence', status: 'offline' }, ['status']],
]

test.each(
  refused.map(([frame, fields]) => [JSON.stringify(frame).slice(0, 80), frame, fields] as const),
)('CF2: the frame %s is refused and the field named', (_text, frame, fields) => {
  const { error } = clientFrameSchema.safeParse(frame)
  const named = error && invalidInput(error, 'Invalid frame').fields
  expect([...new Set(named?.map(({ field }) => field))]).toEqual(fields)
  expect(named?.every(({ message }) => message.length > 0)).toBe(true)
})

test('security 34: a chat that is too long has a code of its own', () => {
  const { error } = clientFrameSchema.safeParse({
    type: 'chat',
    roomId,
    message: 'x'.repeat(8_001),
  })
  expect(error && invalidInput(error, 'Invalid chat frame')).toMatchObject({
    code: 'too_long',
    fields: [{ field: 'message', message: 'at most 8000 characters' }],
  })
})
