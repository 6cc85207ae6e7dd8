import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { request, signUp, startOnBun, WireSocket, type Cast } from '../adapters/testing.ts'

// Hashing is slow on purpose, and slower beside other suites.
setDefaultTimeout(30_000)

const password = 'correct horse battery'

let server: Awaited<ReturnType<typeof startOnBun>>
let ada: Cast

beforeAll(async () => {
  server = await startOnBun({ SESSION_TTL_DAYS: '3650' })
  ada = await signUp(server.url, 'Ada')
})
afterAll(() => server.stop())

const post = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
  request(server.url, 'POST', `/api/auth${path}`, { body, headers })
const signIn = async (person: Cast): Promise<Cast> => {
  const { status, body, headers } = await post('/signin', { email: person.me.email, password })
  expect(status).toBe(200)
  const token = String(body['accessToken'])
  return {
    me: person.me,
    token,
    cookie: headers.get('set-cookie')?.split(';')[0] ?? '',
    request: (method, path, sent) =>
      request(server.url, method, path, {
        body: sent,
        headers: { authorization: `Bearer ${token}` },
      }),
  }
}

test('I see my sessions and end them, and nobody else’s', async () => {
  const person = await signUp(server.url, 'Linus')
  await post('/signin', { email: person.me.email, password })
  const listed = (await person.request('GET', '/api/auth/sessions')).body['sessions'] as {
    id: string
    current: boolean
  }[]
  expect(listed.filter(({ current }) => current)).toHaveLength(1)
  expect(listed).toHaveLength(2)
  const other = listed.find(({ current }) => !current)?.id
  expect(await ada.request('DELETE', `/api/auth/sessions/${other}`)).toMatchObject({
    status: 404,
  })
  expect(await person.request('DELETE', `/api/auth/sessions/${other}`)).toMatchObject({
    status: 200,
  })
  expect(await person.request('DELETE', `/api/auth/sessions/${other}`)).toMatchObject({
    status: 404,
  })
  expect(await person.request('POST', '/api/auth/sessions/revoke-others')).toMatchObject({
    status: 200,
  })
  expect((await person.request('GET', '/api/auth/sessions')).body['sessions']).toHaveLength(1)
})

test('security 14: a session longer than browsers keep a cookie has a cookie all the same', async () => {
  const { headers } = await post('/signin', { email: ada.me.email, password })
  expect(headers.get('set-cookie')).toContain(`Max-Age=${400 * 86_400};`)
})

test('security 11: signing out with the cookie alone, even a used one, ends token and socket', async () => {
  const here = await signIn(ada)
  const socket = await WireSocket.signedIn(server.url, here)
  expect(await post('/refresh', undefined, { cookie: here.cookie })).toMatchObject({ status: 200 })
  const answer = await post('/signout', undefined, { cookie: here.cookie })
  expect([answer.status, answer.body]).toEqual([200, { ok: true }])
  expect(answer.headers.get('set-cookie')).toMatch(/^parley_refresh=; Max-Age=0; Path=\//)
  expect(await socket.closed).toBe(4006)
  expect(await here.request('GET', '/api/users/me')).toMatchObject({
    status: 401,
    body: { error: { code: 'session_revoked' } },
  })
})

test('signing out without a session, or with a token that is none, is done already', async () => {
  expect(await post('/signout')).toMatchObject({ status: 200 })
  const headers = { authorization: 'Bearer nonsense', cookie: 'parley_refresh=nonsense' }
  expect(await post('/signout', undefined, headers)).toMatchObject({ status: 200 })
})

test('security 14: another site signs nobody out', async () => {
  const here = await signIn(ada)
  const headers = { cookie: here.cookie, origin: 'https://evil.tld' }
  expect(await post('/signout', undefined, headers)).toMatchObject({ status: 403 })
  expect(await here.request('GET', '/api/users/me')).toMatchObject({ status: 200 })
})

test('security 12: a new password leaves this session, ends the others, and the old one is no more', async () => {
  const person = await signUp(server.url, 'Grace')
  const elsewhere = await signIn(person)
  const socket = await WireSocket.signedIn(server.url, elsewhere)
  const change = { currentPassword: password, newPassword: 'staple battery horse' }
  expect(await person.request('POST', '/api/auth/password', change)).toMatchObject({
    status: 200,
  })
  expect(await socket.closed).toBe(4006)
  expect(await elsewhere.request('GET', '/api/users/me')).toMatchObject({ status: 401 })
  expect(await post('/refresh', undefined, { cookie: elsewhere.cookie })).toMatchObject({
    status: 401,
  })
  expect(await person.request('GET', '/api/users/me')).toMatchObject({ status: 200 })
  expect(await post('/refresh', undefined, { cookie: person.cookie })).toMatchObject({
    status: 200,
  })
  expect(await post('/signin', { email: person.me.email, password })).toMatchObject({
    status: 401,
  })
  const fresh = { email: person.me.email, password: change.newPassword }
  expect(await post('/signin', fresh)).toMatchObject({ status: 200 })
})

test('security 12: “everywhere else” ends every other session and its sockets', async () => {
  const person = await signUp(server.url, 'Linus')
  const elsewhere = await signIn(person)
  const socket = await WireSocket.signedIn(server.url, elsewhere)
  expect(await person.request('POST', '/api/auth/sessions/revoke-others')).toMatchObject({
    status: 200,
  })
  expect(await socket.closed).toBe(4006)
  expect(await elsewhere.request('GET', '/api/users/me')).toMatchObject({ status: 401 })
  expect(await person.request('GET', '/api/users/me')).toMatchObject({ status: 200 })
})

test('security 58: the log tells of failures and ends, by id, and holds no secret and no address', async () => {
  const person = await signUp(server.url, 'Canary')
  await post('/signin', { email: person.me.email, password: 'planted canary' })
  await post('/signin', { email: 'planted@example.com', password: 'planted canary' })
  const other = await signIn(person)
  await person.request('POST', '/api/auth/sessions/revoke-others')
  const log = server.log()
  for (const audited of ['sign-in failed', 'other sessions revoked', 'signed up', 'signed in']) {
    expect(log).toContain(`audit: ${audited}`)
  }
  expect(log).toContain(person.me.id)
  for (const secret of [
    'planted',
    password,
    person.me.email,
    other.token,
    other.cookie.split('=')[1] ?? 'none',
  ]) {
    expect(log).not.toContain(secret)
  }
})
