import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { DatabaseLooks } from '../realtime/ports.ts'
import { createLooks } from './looks.ts'
import { connectDatabase } from './connect.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
let looks: DatabaseLooks
const newId = () => Bun.randomUUIDv7()

beforeAll(async () => {
  database = await testDatabase()
  looks = createLooks(database)
})
afterAll(() => database.drop())

const addUser = async (): Promise<string> => {
  const id = newId()
  const name = `u${id.slice(-8)}`
  await database.sql`
    insert into users (id, email, password_hash, handle, handle_key, name, avatar_color)
    values (${id}, ${`${name}@example.com`}, '', ${name}, ${name}, ${name}, 0)`
  return id
}

const addRoom = async (head: number): Promise<string> => {
  const id = newId()
  await database.sql`
    insert into rooms (id, kind, slug, name, name_key, head) values (${id}, 'private', ${id}, ${id}, ${id}, ${head})`
  return id
}

test('a node knows whether others are connected to its database', async () => {
  expect(await looks.hasPeers()).toBe(false)
  const other = connectDatabase(database.url, 1)
  await other.sql`select 1`
  expect(await looks.hasPeers()).toBe(true)
  expect(await createLooks(other).hasPeers()).toBe(true)
  await other.close()
  // A backend takes a moment to go after its client has gone.
  while (await looks.hasPeers());
})

test('of the rooms named it sees those that moved on', async () => {
  const [still, moved] = [await addRoom(5), await addRoom(9)]
  const heads = [
    { roomId: still, head: 5 },
    { roomId: moved, head: 8 },
    { roomId: newId(), head: 0 },
  ]
  expect(await looks.headsPast(heads)).toEqual([{ roomId: moved, head: 9 }])
  expect(await looks.headsPast([])).toEqual([])
})

test('of the sessions named it sees those that were revoked, and those cleared away since', async () => {
  const userId = await addUser()
  const [alive, revoked, cleared] = [newId(), newId(), newId()]
  await database.sql`
    insert into sessions (id, user_id, expires_at, revoked_at) values
      (${alive}, ${userId}, now() + interval '1 day', null),
      (${revoked}, ${userId}, now() + interval '1 day', now())`
  const ended = await looks.endedOf([alive, revoked, cleared])
  expect(ended.toSorted()).toEqual([revoked, cleared].toSorted())
})

test('of the users named it sees the rooms they came to of late', async () => {
  const [ada, grace] = [await addUser(), await addUser()]
  const [old, fresh] = [await addRoom(0), await addRoom(0)]
  await database.sql`
    insert into members (room_id, user_id, joined_at) values
      (${old}, ${ada}, now() - interval '1 minute'), (${fresh}, ${ada}, now()), (${fresh}, ${grace}, now())`
  const [seen, ...more] = await looks.newPlaces([ada], 15)
  expect(seen).toMatchObject({ userId: ada, roomId: fresh })
  expect(more).toEqual([])
  const [again] = await looks.newPlaces([ada], 15)
  expect(again?.joinedAt).toBe(seen?.joinedAt ?? '')
})

test('the epoch is that of the database', async () => {
  expect(await looks.epoch()).toMatch(/^\d+\.\d+\.\d+\.[0-9a-f]{8}$/)
})
