import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import {
  request,
  signUp,
  startOnBun,
  WireSocket,
  type Cast,
  type WireServer,
} from '../adapters/testing.ts'

// The first server of a run starts a Postgres.
setDefaultTimeout(30_000)

let server: WireServer
let ada: Cast
let grace: Cast

beforeAll(async () => {
  server = await startOnBun()
  ada = await signUp(server.url, 'Ada')
  grace = await signUp(server.url, 'Grace Brewster Hopper'.replaceAll(' ', '_'))
  await grace.request('PATCH', '/api/users/me', {
    name: 'Grace Brewster Hopper',
    handle: 'amazing-grace',
  })
})
afterAll(() => server.stop())

const found = async (query: string): Promise<string[]> => {
  const answer = await ada.request('GET', `/api/users?query=${encodeURIComponent(query)}`)
  return (answer.body['users'] as { name: string }[]).map(({ name }) => name)
}

test('people are found by the start of a handle, a name, or a later word of it', async () => {
  expect(await found('')).toEqual(['Ada', 'Grace Brewster Hopper'])
  for (const query of ['amaz', 'GRACE', 'hop', 'brewster h']) {
    expect([query, await found(query)]).toEqual([query, ['Grace Brewster Hopper']])
  }
  for (const query of ['%', '_', '\\', 'opper'])
    expect([query, await found(query)]).toEqual([query, []])
})

test('security 29: of others one sees a name, a handle and a colour, never an address', async () => {
  const one = await ada.request('GET', `/api/users/${grace.me.id}`)
  const keys = ['avatarColor', 'handle', 'id', 'name']
  expect(Object.keys(one.body['user'] as object).toSorted()).toEqual(keys)
  const all = (await ada.request('GET', '/api/users')).body['users'] as object[]
  for (const user of all) expect(Object.keys(user).toSorted()).toEqual(keys)
})

test('security 28: a profile takes a name, a handle and a colour, and nothing else', async () => {
  const answer = await grace.request('PATCH', '/api/users/me', {
    avatarColor: 7,
    role: 'owner',
    email: 'evil@example.com',
    id: ada.me.id,
  })
  expect(answer.body['user']).toMatchObject({
    id: grace.me.id,
    avatarColor: 7,
    role: 'member',
    email: grace.me.email,
  })
  expect(await grace.request('PATCH', '/api/users/me', { avatarColor: 12 })).toMatchObject({
    status: 422,
  })
  expect(await grace.request('PATCH', '/api/users/me', { handle: ada.me.handle })).toMatchObject({
    status: 409,
  })
  expect(await grace.request('PATCH', '/api/users/me', { name: 'a\u202Eb' })).toMatchObject({
    status: 422,
    body: { error: { fields: [{ field: 'name' }] } },
  })
})

test('a new name reaches the person’s own next request and everybody’s sockets', async () => {
  const socket = await WireSocket.signedIn(server.url, ada)
  const room = await ada.request('POST', '/api/rooms', { name: 'Lobby', kind: 'public' })
  const { id } = room.body['room'] as { id: string }
  await grace.request('POST', `/api/rooms/${id}/join`)
  const answer = await grace.request('PATCH', '/api/users/me', { avatarColor: 3 })
  const me = await grace.request('GET', '/api/users/me')
  expect(me.body).toEqual(answer.body)
  const { user } = await socket.next('user_updated')
  expect(user).toEqual({
    id: grace.me.id,
    handle: 'amazing-grace',
    name: 'Grace Brewster Hopper',
    avatarColor: 3,
  })
  socket.close()
})

test('security 45: a handle that looks like another is 409, and one’s own stays allowed', async () => {
  for (const handle of ['amaz1ng-grace', 'Amazing.Grace', 'amazing_grace']) {
    expect(await ada.request('PATCH', '/api/users/me', { handle })).toMatchObject({
      status: 409,
      body: { error: { code: 'handle_taken', fields: [{ field: 'handle' }] } },
    })
    expect(await grace.request('PATCH', '/api/users/me', { handle })).toMatchObject({ status: 200 })
  }
  await grace.request('PATCH', '/api/users/me', { handle: 'amazing-grace' })
})

test('security 40: SQL in a query or a name is text', async () => {
  const hostile = `'; drop table users; --`
  expect(await found(hostile)).toEqual([])
  expect(await ada.request('PATCH', '/api/users/me', { name: hostile })).toMatchObject({
    status: 200,
  })
  expect(await found(hostile)).toEqual([hostile])
})

test('presence lists who is connected', async () => {
  const socket = await WireSocket.signedIn(server.url, grace)
  const answer = await ada.request('GET', '/api/users/presence')
  expect(answer.body).toEqual({ presence: [{ userId: grace.me.id, status: 'online' }] })
  socket.close()
})

test('refusals: no token, an unknown person, a path that is no id', async () => {
  for (const path of ['', '/me', '/presence', `/${ada.me.id}`]) {
    expect(await request(server.url, 'GET', `/api/users${path}`)).toMatchObject({ status: 401 })
  }
  expect(await ada.request('GET', '/api/users/00000000-0000-7000-8000-000000000001')).toMatchObject(
    { status: 404 },
  )
  expect(await ada.request('GET', '/api/users/x')).toMatchObject({ status: 422 })
  expect(await ada.request('PATCH', '/api/users/me', '{')).toMatchObject({ status: 400 })
})
