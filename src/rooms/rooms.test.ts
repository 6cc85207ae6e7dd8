import { afterAll, beforeAll, expect, test } from 'bun:test'
import { testDatabase, type TestDatabase } from '../db/testing.ts'
import type { User } from '../protocol/users.ts'
import { createRoom } from './create-room.ts'
import { openDirectRoom } from './direct-room.ts'
import { myRoom, myRooms } from './my-rooms.ts'
import { createRoomReads } from './room-reads.ts'
import { browseRooms, listMembers, seeRoom } from './store.ts'
import { addUser, castOf, chatIn, codeOf, mustBeOk, newId, rejectionOf } from './testing.ts'

let database: TestDatabase
let cast: ReturnType<typeof castOf>
let ann: User
let bob: User

beforeAll(async () => {
  database = await testDatabase({ pool: 8 })
  cast = castOf(database.sql)
  ann = await addUser(database.sql, 'Ann')
  bob = await addUser(database.sql, 'Bob')
})
afterAll(() => database.drop())

const create = (name: string, actor = ann) =>
  createRoom(database.sql, newId, { actor, name, kind: 'public', topic: '' })

test('who makes a room owns it, and a system chat tells of it', async () => {
  const room = await create('Garden')
  expect(room).toMatchObject({
    slug: 'garden',
    role: 'owner',
    unread: 0,
    memberCount: 1,
    lastSeq: 1,
  })
  const { chats } = await cast.log.newest(room.id, 10)
  expect(chats.map((chat) => chat.event)).toEqual([{ type: 'created' }])
})

test('security 45: a name that looks like another is name_taken, also by renaming', async () => {
  await create('General chat')
  expect(await rejectionOf(create('gеneral  Chat'))).toBe('name_taken')
  const other = await create('Other')
  const rename = await cast.change(other.id, ann, { type: 'update', name: 'GENERAL-CHAT' })
  expect(codeOf(rename)).toBe('name_taken')
})

test('slugs are made apart, follow the name, and two makers at once get two', async () => {
  const made = await Promise.all(['rust!', 'rust?', 'rust#', 'rust'].map((name) => create(name)))
  expect(new Set(made.map((room) => room.slug)).size).toBe(4)
  const [first] = made
  if (!first) throw new Error('no room')
  const renamed = mustBeOk(await cast.change(first.id, ann, { type: 'update', name: 'Iron' }))
  expect(renamed.room?.slug).toBe('iron')
  expect(renamed.chats[0]?.event).toEqual({ type: 'renamed', from: first.name, to: 'Iron' })
})

test('20 people who open the same direct room at once meet in one', async () => {
  const opened = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      n % 2
        ? openDirectRoom(database.sql, newId, ann.id, [bob.id])
        : openDirectRoom(database.sql, newId, bob.id, [ann.id, bob.id]),
    ),
  )
  expect(new Set(opened.map((room) => room.roomId)).size).toBe(1)
  expect(opened.filter((room) => room.created)).toHaveLength(1)
  const mine = await myRoom(database.sql, ann.id, opened[0]?.roomId ?? '')
  expect(mine).toMatchObject({ kind: 'direct', memberCount: 2, people: [bob] })
  const notes = await openDirectRoom(database.sql, newId, ann.id, [])
  expect((await myRoom(database.sql, ann.id, notes.roomId))?.people).toEqual([])
  expect(await rejectionOf(openDirectRoom(database.sql, newId, ann.id, [newId()]))).toBe(
    'not_found',
  )
})

test('unread counts what was said after the read position; mentions come with their seqs', async () => {
  const room = await cast.room(ann, [bob])
  expect(await myRoom(database.sql, bob.id, room)).toMatchObject({ unread: 0, mentionSeqs: [] })
  const seqs: number[] = []
  for (const text of ['hi', `@${bob.handle} one`, `@${bob.handle} two`]) {
    seqs.push(chatIn(await cast.say(room, ann, text)).seq)
  }
  expect(await myRoom(database.sql, bob.id, room)).toMatchObject({
    unread: 3,
    mentionSeqs: seqs.slice(1),
  })
  const { saveReads } = createRoomReads(database)
  const read = async (seq: number) => {
    await saveReads([{ userId: bob.id, roomId: room, seq }])
    return (await myRoom(database.sql, bob.id, room))?.readSeq
  }
  expect(await read(seqs[1] ?? 0)).toBe(seqs[1])
  expect(await read(1)).toBe(seqs[1])
  expect((await myRoom(database.sql, bob.id, room))?.mentionSeqs).toEqual(seqs.slice(2))
  expect(await read(1_000_000)).toBe(seqs[2])
  expect((await myRooms(database.sql, bob.id)).find((mine) => mine.id === room)?.unread).toBe(0)
})

test('a change that changes nothing tells nothing, but says who is in and who is not', async () => {
  const room = await cast.room(ann, [bob])
  const again = mustBeOk(await cast.change(room, ann, { type: 'add', userId: bob.id }))
  expect(again).toMatchObject({ chats: [], joined: { userId: bob.id } })
  mustBeOk(await cast.change(room, ann, { type: 'remove', userId: bob.id }))
  const gone = mustBeOk(await cast.change(room, ann, { type: 'remove', userId: bob.id }))
  expect(gone).toMatchObject({ chats: [], gone: { userId: bob.id, reason: 'removed' } })
  const { topic } = (await seeRoom(database.sql, ann.id, room)).room
  expect(mustBeOk(await cast.change(room, ann, { type: 'update', topic })).chats).toEqual([])
})

test('50 people who join and leave at once leave a right count and no hole', async () => {
  const room = await cast.room(ann, [], 'public')
  const people = await Promise.all(Array.from({ length: 25 }, () => addUser(database.sql, 'Crowd')))
  await Promise.all(people.map((one) => cast.change(room, one, { type: 'join' })))
  await Promise.all(people.slice(0, 10).map((one) => cast.change(room, one, { type: 'leave' })))
  const { members } = await listMembers(database.sql, room, undefined)
  const seen = await seeRoom(database.sql, ann.id, room)
  expect(members).toHaveLength(16)
  expect(seen.room).toMatchObject({ memberCount: 16, lastSeq: 36, head: 36, lastMainSeq: 0 })
})

test('security 22, 26: a private or direct room of others is not found, with its id known', async () => {
  const room = await cast.room(ann)
  expect(await rejectionOf(seeRoom(database.sql, bob.id, room))).toBe('not_found')
  const { refusal } = createRoomReads(database)
  expect((await refusal(bob.id, room)).code).toBe('not_found')
  expect((await refusal(bob.id, newId())).code).toBe('not_found')
})

test('browsing pages through every public room once, and a bad cursor is refused', async () => {
  for (let n = 0; n < 60; n++) await create(`Page ${String(n).padStart(3, '0')} %_'`)
  const names: string[] = []
  let cursor: string | undefined
  do {
    const page = await browseRooms(database.sql, bob.id, { query: 'page 0', cursor })
    names.push(...page.rooms.map((room) => room.name))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(names).toHaveLength(60)
  expect(new Set(names).size).toBe(60)
  expect((await browseRooms(database.sql, bob.id, { query: '%' })).rooms.length).toBeGreaterThan(0)
  expect((await browseRooms(database.sql, bob.id, { query: 'p%e' })).rooms).toEqual([])
  expect(await rejectionOf(browseRooms(database.sql, bob.id, { cursor: 'x' }))).toBe(
    'invalid_cursor',
  )
})
