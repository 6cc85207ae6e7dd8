import { getLogger } from '@logtape/logtape'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createAccessTokens } from '../auth/jwt.ts'
import { createApp } from '../app.ts'
import { createChatLog } from '../chats/chat-log.ts'
import { parseConfig } from '../config.ts'
import { testDatabase, type TestDatabase } from '../db/testing.ts'
import { noFiles } from '../files/testing.ts'
import type { AppDeps } from '../http/context.ts'
import type { User } from '../protocol/users.ts'
import { createLooks } from '../db/looks.ts'
import { createHub } from '../realtime/create-hub.ts'
import { createSharedCounts } from '../realtime/shared-counts.ts'
import { createRoomReads } from './room-reads.ts'
import { addUser, castOf, chatIn, newId } from './testing.ts'

let database: TestDatabase
let cast: ReturnType<typeof castOf>
let app: ReturnType<typeof createApp>
let tokens: AppDeps['tokens']
let ann: User
let bob: User
let eve: User
const tokenOf = new Map<string, string>()

const signIn = async (name: string): Promise<User> => {
  const user = await addUser(database.sql, name)
  const sessionId = newId()
  await database.sql`
    insert into sessions (id, user_id, expires_at)
    values (${sessionId}, ${user.id}, now() + interval '1 day')`
  tokenOf.set(user.id, (await tokens.issue({ userId: user.id, sessionId })).token)
  return user
}

beforeAll(async () => {
  database = await testDatabase({ pool: 8 })
  cast = castOf(database.sql)
  const { db, sql } = database
  const clock = Date.now
  const secrets: [string] = ['a secret of 32 bytes for the tests']
  tokens = createAccessTokens({ secrets, sql, clock, steadyClock: clock, ttlSeconds: 600 })
  const hub = createHub(
    {
      clock,
      wallClock: clock,
      newId,
      epoch: 'test',
      verifyToken: tokens.verify,
      log: createChatLog({ sql, writer: sql, newId }),
      rooms: createRoomReads({ sql }),
      timer: () => {},
      looks: createLooks({ sql, applicationName: 'parley test' }),
      bus: null,
      counts: createSharedCounts(),
      publish: () => {},
      report: () => {},
      onStored: () => {},
    },
    {
      chatsPerSecond: 10,
      chatBurst: 20,
      socketsPerUser: 20,
      anonymousSocketsPerIp: 50,
      queueChats: 10_000,
      queueBytes: 8_000_000,
    },
  )
  app = createApp({
    config: parseConfig({}),
    db,
    sql,
    hub,
    files: noFiles,
    counts: createSharedCounts(),
    steadyClock: clock,
    tokens,
    refreshKey: 'a key of the tests',
    clock,
    newId,
    log: getLogger('parley'),
    upgrade: (c) => c.text('no sockets here', 501),
    packsItself: false,
    page: (c) => c.text('no pages here', 501),
  })
  ann = await signIn('Ann')
  bob = await signIn('Bob')
  eve = await signIn('Eve')
})
afterAll(() => database.drop())

/** A request by `who`; the answer's status, and its error code where there is one. */
async function ask(who: User | null, method: string, path: string, body?: unknown) {
  const response = await app.request(`/api/rooms${path}`, {
    method,
    headers: {
      ...(who && { authorization: `Bearer ${tokenOf.get(who.id)}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  // The test looks into bodies field by field; what is not there fails its expectation.
  const json = (text ? JSON.parse(text) : {}) as Record<string, Record<string, unknown>>
  return { status: response.status, json, code: json['error']?.['code'], headers: response.headers }
}

const statusOf = async (...request: Parameters<typeof ask>) => (await ask(...request)).status

test('a chat is made once: 201, and 200 with the same chat for the same cid', async () => {
  const room = await cast.room(ann, [bob])
  const say = () => ask(bob, 'POST', `/${room.toUpperCase()}/chats`, { message: 'hi', cid: 'r-1' })
  const first = await say()
  const again = await say()
  expect([first.status, again.status]).toEqual([201, 200])
  expect(again.json).toEqual(first.json)
  const { json } = await ask(ann, 'GET', `/${room}/chats`)
  expect(json).toMatchObject({ hasBefore: false, hasAfter: false })
  expect(json['chats']).toHaveLength(3)
})

/** Every route of a room, as an outsider would try it with its ids known. */
const routesOf = (room: string, chat: string, member: string): [string, string, unknown?][] => [
  ['GET', `/${room}`],
  ['PATCH', `/${room}`, { topic: 'x' }],
  ['POST', `/${room}/join`],
  ['POST', `/${room}/leave`],
  ['POST', `/${room}/read`, { seq: 1 }],
  ['GET', `/${room}/members`],
  ['POST', `/${room}/members`, { userId: eve.id }],
  ['PATCH', `/${room}/members/${member}`, { role: 'admin' }],
  ['DELETE', `/${room}/members/${member}`],
  ['GET', `/${room}/chats`],
  ['GET', `/${room}/chats?around=1`],
  ['POST', `/${room}/chats`, { message: 'x' }],
  ['PATCH', `/${room}/chats/${chat}`, { message: 'x' }],
  ['DELETE', `/${room}/chats/${chat}`],
]

test('security 22, 26: a private or direct room answers a stranger 404 on every route, and 401 without a token', async () => {
  const closed = await cast.room(ann, [bob])
  const direct = await ask(ann, 'POST', '/direct', { userIds: [bob.id] })
  for (const room of [closed, String(direct.json['room']?.['id'])]) {
    const chat = chatIn(await cast.say(room, ann, 'secret'))
    for (const [method, path, body] of routesOf(room, chat.id, bob.id)) {
      expect([method, path, await statusOf(eve, method, path, body)]).toEqual([method, path, 404])
      expect([method, path, await statusOf(null, method, path, body)]).toEqual([method, path, 401])
    }
  }
  const { json } = await ask(eve, 'GET', '/browse')
  expect(JSON.stringify(json)).not.toContain(closed)
})

test('security 24, 25: a removed member has no history, and no hand in old chats', async () => {
  const room = await cast.room(ann, [bob])
  const chat = chatIn(await cast.say(room, bob, 'mine'))
  const path = `/${room}/chats/${chat.id}`
  expect(await statusOf(ann, 'PATCH', path, { message: 'x' })).toBe(403)
  expect(await statusOf(ann, 'DELETE', `/${room}/members/${bob.id}`)).toBe(204)
  expect(await statusOf(bob, 'GET', `/${room}/chats`)).toBe(404)
  expect(await statusOf(bob, 'PATCH', path, { message: 'x' })).toBe(404)
  expect(await statusOf(ann, 'DELETE', path)).toBe(200)
})

test('the history of a public room is open, posting there is not_member until one joins', async () => {
  const room = await cast.room(ann, [], 'public')
  expect(await statusOf(eve, 'GET', `/${room}/chats`)).toBe(200)
  const say = () => ask(eve, 'POST', `/${room}/chats`, { message: 'x' })
  expect(await say()).toMatchObject({ status: 403, code: 'not_member' })
  expect(await statusOf(eve, 'POST', `/${room}/join`)).toBe(200)
  expect(await statusOf(eve, 'POST', `/${room}/join`)).toBe(200)
  expect((await say()).status).toBe(201)
  expect(await statusOf(eve, 'POST', `/${room}/leave`)).toBe(204)
  expect((await ask(ann, 'POST', `/${room}/leave`)).status).toBe(204)
})

test('security 28, 29: fields that are not asked for are not stored, and none is told too much', async () => {
  const room = await cast.room(ann, [bob])
  const sent = { message: 'x', seq: 99, rev: 99, id: newId(), sender_id: bob.id, createdAt: '2001' }
  const { json } = await ask(ann, 'POST', `/${room}/chats`, sent)
  expect(json['chat']).toMatchObject({ seq: 3, rev: 3, sender: ann })
  expect(json['chat']?.['id']).not.toBe(sent.id)
  const made = { name: `Made ${newId()}`, kind: 'public', head: 7, role: 'admin', memberCount: 9 }
  const answer = await ask(ann, 'POST', '', made)
  expect(answer.json['room']).toMatchObject({ role: 'owner', memberCount: 1, head: 1 })
  const members = await ask(bob, 'GET', `/${room}/members`)
  expect(JSON.stringify(members.json)).not.toMatch(/example\.com|password|email|_key/)
})

test('security 39: malformed, NUL, lone surrogates, huge and mistyped bodies are typed refusals', async () => {
  const room = await cast.room(ann)
  const say = (body: unknown) => ask(ann, 'POST', `/${room}/chats`, body)
  expect(await say('{"message":')).toMatchObject({ status: 400, code: 'malformed' })
  expect(await say('{"message":"a\\u0000b"}')).toMatchObject({ status: 422, code: 'invalid' })
  expect(await say('{"message":"a\\ud800b"}')).toMatchObject({ status: 422, code: 'invalid' })
  expect(await say({ message: 'x'.repeat(8_001) })).toMatchObject({ status: 422, code: 'too_long' })
  expect(await say({ message: 'x'.repeat(300_000) })).toMatchObject({ status: 413 })
  expect(await say({ message: ['x'] })).toMatchObject({ status: 422 })
  expect(await statusOf(ann, 'GET', '/by-slug/%00')).toBe(422)
  expect(await statusOf(ann, 'GET', '/browse?query=%00')).toBe(422)
  expect(await statusOf(ann, 'GET', '/browse?cursor=%00')).toBe(400)
  expect(await statusOf(ann, 'GET', '/not-an-id/chats')).toBe(422)
  expect(await statusOf(ann, 'GET', `/${room}/chats?before=1&after=2`)).toBe(422)
  expect(await statusOf(ann, 'GET', `/${room}/chats?before=999999999999999`)).toBe(200)
})

test('security 40: SQL in every text is text', async () => {
  const evil = `'; drop table chats; -- \\ %_ $1 "{}"`
  const made = await ask(ann, 'POST', '', { name: evil, kind: 'public', topic: evil })
  expect(made.status).toBe(201)
  const room = made.json['room'] ?? {}
  expect(room).toMatchObject({ name: evil, topic: evil })
  const said = await ask(ann, 'POST', `/${String(room['id'])}/chats`, { message: evil })
  expect(said.json['chat']).toMatchObject({ message: evil })
  const query = encodeURIComponent(evil)
  const found = await ask(bob, 'GET', `/browse?query=${query}`)
  expect(found.json['rooms']).toHaveLength(1)
  expect(await statusOf(ann, 'GET', `/by-slug/${query}`)).toBe(404)
})

const make = (name: string) => ask(ann, 'POST', '', { name, kind: 'public' })

test('security 45: invisible letters in a name are 422, a lookalike is 409', async () => {
  expect((await make('Security')).status).toBe(201)
  expect(await make('Secu\u200Brity')).toMatchObject({ status: 422 })
  expect(await make('\u202Eytiruces')).toMatchObject({ status: 422 })
  expect(await make('SЕCURITY')).toMatchObject({ status: 409, code: 'name_taken' })
})

test('security 36: past the burst a sender is told 429 and when to come back', async () => {
  const dan = await signIn('Dan')
  const room = await cast.room(dan)
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => ask(dan, 'POST', `/${room}/chats`, { message: 'x' })),
  )
  const refused = answers.filter((answer) => answer.status === 429)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused[0]?.code).toBe('rate_limited')
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
})
