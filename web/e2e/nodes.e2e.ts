import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startRedis, type TestRedis } from '../../src/adapters/redis-testing.ts'
import { testDatabase, type TestDatabase } from '../../src/db/testing.ts'
import { startServer, type TestServer } from './server.ts'
import { composer, openRoom, orderOf, row, say, seen } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

let redis: TestRedis
let database: TestDatabase
let world: World
let other: TestServer
let ada: Person
let grace: Person

beforeAll(async () => {
  ;[redis, database] = await Promise.all([startRedis(), testDatabase()])
  const shared = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    JWT_SECRET: 'a secret of 32 bytes for the tests',
  }
  world = await openWorld(shared)
  other = await startServer(shared)
  ada = await world.member('Ada')
  grace = await world.member('Grace', { baseURL: other.origin })
})
afterAll(async () => {
  await world.close()
  await Promise.all([other.stop(), redis.stop()])
  await database.drop()
  world.expectNoProblems()
})

const untilStatus = async ({ origin }: TestServer, status: string): Promise<void> => {
  let told: unknown
  while (told !== status) {
    // The schema of `/readyz` is one word.
    told = ((await (await fetch(`${origin}/readyz`)).json()) as { status: string }).status
  }
}

test('two people on two nodes talk while Redis is killed and started again', async () => {
  await makeRoom(ada, 'bridge', [grace])
  await openRoom(ada.page, 'bridge')
  await openRoom(grace.page, 'bridge')
  await say(ada.page, 'first, by the bus')
  await seen(grace.page, 'first, by the bus')
  await composer(ada.page).pressSequentially('ty')
  await grace.page.getByText('Ada is typing').waitFor()

  await redis.kill()
  await say(ada.page, 'second, by the database')
  await seen(grace.page, 'second, by the database')
  await say(grace.page, 'third, by the database')
  await seen(ada.page, 'third, by the database')
  await untilStatus(other, 'degraded')

  await redis.start()
  await Promise.all([untilStatus(world.server, 'ready'), untilStatus(other, 'ready')])
  await say(grace.page, 'fourth, by the bus')
  await seen(ada.page, 'fourth, by the bus')

  const texts = ['first', 'second', 'third', 'fourth']
  for (const { page } of [ada, grace]) expect(await orderOf(page, texts)).toEqual(texts)
  for (const { page } of [ada, grace]) {
    await page.reload()
    await seen(page, 'fourth, by the bus')
    expect(await orderOf(page, texts)).toEqual(texts)
  }
})

test('a rename and an edit on one node show on the other', async () => {
  const room = await makeRoom(ada, 'hull', [grace])
  await openRoom(grace.page, 'hull')
  const { chat } = await ada.call<{ chat: { id: string } }>('POST', `/api/rooms/${room.id}/chats`, {
    message: 'teh keel',
  })
  await seen(grace.page, 'teh keel')
  await ada.call('PATCH', `/api/rooms/${room.id}/chats/${chat.id}`, { message: 'the keel' })
  await row(grace.page, 'the keel').waitFor()
  await ada.call('PATCH', `/api/rooms/${room.id}`, { name: 'keel' })
  await grace.page.getByRole('heading', { name: 'keel', exact: true }).waitFor()
})

test('a node that is killed takes nobody along: its people come back to it, and missed nothing', async () => {
  await makeRoom(ada, 'mast', [grace])
  await openRoom(ada.page, 'mast')
  await openRoom(grace.page, 'mast')
  await say(ada.page, 'before')
  await seen(grace.page, 'before')
  grace.problems.expect(/ERR_|WebSocket|Failed to load/)
  await other.kill()
  await say(ada.page, 'meanwhile')
  await seen(ada.page, 'meanwhile')
  await other.start()
  await seen(grace.page, 'meanwhile')
  await say(grace.page, 'after')
  await seen(ada.page, 'after')
  const texts = ['before', 'meanwhile', 'after']
  for (const { page } of [ada, grace]) expect(await orderOf(page, texts)).toEqual(texts)
})
