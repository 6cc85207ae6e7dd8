import { afterAll, beforeAll, expect, test } from 'bun:test'
import { rows } from './access-suite.ts'
import { request, startOnBun, type WireServer } from './adapters/testing.ts'
import { connectDatabase, type OpenDatabase } from './db/connect.ts'
import { addressOf, gather, methodOf, setScene, type Row, type Scene } from './testing.ts'

let server: WireServer
let database: OpenDatabase
let scene: Scene

beforeAll(async () => {
  const started = await startOnBun()
  server = started
  database = connectDatabase(started.databaseUrl, 1)
  scene = await setScene(await gather(server.url), 'private')
}, 20_000)
afterAll(async () => {
  await database.close()
  await server.stop()
})

/** Each would show if it became part of a statement: an error, a pause past the test's patience, or a row too many. */
const corpus = [
  "'",
  "' or '1'='1",
  "'; drop table chats; --",
  '" or ""="',
  '$$; select pg_sleep(60); $$',
  "'||pg_sleep(60)||'",
  '1 union select null, password_hash from users',
  '\\',
  "\\'; --",
  '%',
  '_%\\_%',
  '{"$ne":null}',
  '{1,2}',
  '$1 :name ?',
  '/* x */ -- y',
  'a\0b',
  '\uD800',
  '\uFFFF\u{10FFFF}',
  '-9223372036854775809',
  'NaN',
]

/** Where each try costs a password's hash, these have to do. */
const hashed = ["'; drop table users; --", "'||pg_sleep(60)||'", '\\', 'a\0b', '\uD800']

const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text)

type Put = (text: string) => unknown

/** `body` with a text in the place of each of its strings in turn. */
function placesIn(body: unknown): Put[] {
  if (typeof body === 'string') return [(text) => text]
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body).flatMap(([key, value]) =>
    placesIn(value).map(
      (put): Put =>
        (text) =>
          Array.isArray(body) ? body.with(Number(key), put(text)) : { ...body, [key]: put(text) },
    ),
  )
}

const queries: Record<string, string[]> = {
  'GET /api/users': ['query'],
  'GET /api/rooms/browse': ['query', 'cursor'],
  'GET /api/rooms/:roomId/members': ['cursor'],
  'GET /api/rooms/:roomId/chats': ['limit', 'before', 'after', 'around'],
}

interface Attempt {
  path: string
  body?: unknown
}

/** Every way in which `row` can carry `text`: a part of the path, of the query, of the body. */
function attempts(row: Row, text: string): Attempt[] {
  const body = row.body?.(scene)
  const path = addressOf(row, scene)
  const parts = Array.from(row.route.matchAll(/:(\w+)/g), ([, name = '']) => name)
  return [
    ...(isWellFormed(text) ? parts : []).map((name) => ({
      path: addressOf(row, scene, { [name]: text }),
      body,
    })),
    ...(queries[row.route] ?? []).map((name) => ({
      path: `${path}?${new URLSearchParams({ [name]: text }).toString()}`,
      body,
    })),
    ...placesIn(body).map((put) => ({ path, body: put(text) })),
  ]
}

const countAll = async (): Promise<Record<string, number>> => {
  const [row] = await database.sql`
    select (select count(*)::int from chats where room_id = ${scene.roomId}) as chats,
      (select count(*)::int from members where room_id = ${scene.roomId}) as members,
      (select count(*)::int from users where role = 'owner') as owners`
  return { ...row }
}

const tried = new Map(rows.map((row) => [row.route, row]))
// It ends the session of who tries, and takes no text.
tried.delete('POST /api/auth/signout')

for (const row of tried.values()) {
  test(`security 40: ${row.route} takes the metacharacters of SQL as text or refuses them`, async () => {
    const headers = { authorization: `Bearer ${scene.cast.owner.token}` }
    const before = await countAll()
    let posted = 0
    for (const text of row.route.startsWith('POST /api/auth') ? hashed : corpus) {
      for (const { path, body } of attempts(row, text)) {
        const answer = await request(server.url, methodOf(row), path, { headers, body })
        expect({ text, path, status: answer.status < 500 }).toEqual({ text, path, status: true })
        if (answer.status === 201 && row.route === 'POST /api/rooms/:roomId/chats') posted += 1
      }
    }
    const isRead = ['GET', 'DELETE'].includes(methodOf(row))
    if (isRead) expect(await countAll()).toEqual(before)
    else expect((await countAll())['chats']).toBeGreaterThanOrEqual((before['chats'] ?? 0) + posted)
  }, 20_000)
}

test('security 40: what is said comes back as it was said', async () => {
  const { owner } = scene.cast
  for (const message of corpus.filter((text) => isWellFormed(text) && !text.includes('\0'))) {
    const path = `/api/rooms/${scene.roomId}/chats`
    const { status, body } = await owner.request('POST', path, { message })
    expect([status, body['chat']]).toMatchObject([201, { message }])
  }
})

test('security 40: search finds what a pattern character means as a character', async () => {
  for (const query of ['%', '_', '\\', "'"]) {
    const { body } = await scene.cast.owner.request(
      'GET',
      `/api/users?query=${encodeURIComponent(query)}`,
    )
    const found = Array.isArray(body['users']) ? body['users'] : [null]
    for (const user of found) expect(JSON.stringify(user)).toContain(query)
  }
})

test('security 40: tokens, cookies and other headers are text too', async () => {
  for (const text of corpus.filter((given) => /^[\x20-\x7E]+$/.test(given))) {
    const carried: Record<string, string>[] = [
      { authorization: `Bearer ${text}` },
      { cookie: `parley_refresh=${encodeURIComponent(text)}; __Host-parley_refresh=${text}` },
      { 'user-agent': text, 'x-forwarded-for': text, 'accept-language': text },
    ]
    for (const headers of carried) {
      const refresh = await request(server.url, 'POST', '/api/auth/refresh', { headers })
      expect(refresh.status).toBe(401)
      const me = await request(server.url, 'GET', '/api/users/me', { headers })
      expect(me.status).toBe(401)
    }
  }
})

const forged = {
  id: '0198a7c2-0000-7000-8000-00000000f0f0',
  userId: '0198a7c2-0000-7000-8000-00000000f0f0',
  senderId: '0198a7c2-0000-7000-8000-00000000f0f0',
  sender_id: '0198a7c2-0000-7000-8000-00000000f0f0',
  createdAt: '1999-09-09T09:09:09.000Z',
  created_at: '1999-09-09T09:09:09.000Z',
  seq: 424_242_424,
  rev: 424_242_424,
  head: 424_242_424,
  lastSeq: 424_242_424,
  role: 'owner',
  is_admin: true,
  passwordHash: 'forged',
  event: { type: 'archived' },
}

test('security 28: what is nobody’s to say is not stored, whatever body brings it', async () => {
  const { owner, member } = scene.cast
  const ownersOf = async () => (await countAll())['owners']
  const before = await ownersOf()
  let taken = 0
  for (const row of rows) {
    const own = row.body?.(scene)
    // An archived room would take nothing of the rows behind.
    if (typeof own !== 'object' || own === null || 'archived' in own) continue
    const body = { ...forged, ...own }
    const { status } = await owner.request(methodOf(row), addressOf(row, scene), body)
    expect(status).toBeLessThan(500)
    if (status < 300) taken += 1
  }
  expect(taken).toBeGreaterThan(10)
  expect(await ownersOf()).toBe(before)
  const [found] = await database.sql`
    select (select count(*)::int from users where id = ${forged.id} or password_hash = 'forged'
        or created_at < '2000-01-01') as users,
      (select count(*)::int from rooms where id = ${forged.id} or head > 424242423
        or last_seq > 424242423 or created_at < '2000-01-01') as rooms,
      (select count(*)::int from chats where id = ${forged.id} or seq > 424242423
        or sender_id = ${forged.id} or created_at < '2000-01-01') as chats`
  expect({ ...found }).toEqual({ users: 0, rooms: 0, chats: 0 })
  expect(await member.request('GET', '/api/users/me')).toMatchObject({
    body: { user: { role: 'member' } },
  })
})
