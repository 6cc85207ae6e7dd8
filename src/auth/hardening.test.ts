import { afterAll, beforeAll, expect, test } from 'bun:test'
import { request, signUp, startOnBun, WireSocket, type Cast } from '../adapters/testing.ts'

const password = 'correct horse battery'
/** Hashing is slow on purpose, and slower beside other suites. */
const slowMs = 30_000

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

test(
  'security 12: a new password leaves this session, ends the others, and the old one is no more',
  async () => {
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
  },
  slowMs,
)

test(
  'security 12: “everywhere else” ends every other session and its sockets',
  async () => {
    const person = await signUp(server.url, 'Linus')
    const elsewhere = await signIn(person)
    const socket = await WireSocket.signedIn(server.url, elsewhere)
    expect(await person.request('POST', '/api/auth/sessions/revoke-others')).toMatchObject({
      status: 200,
    })
    expect(await socket.closed).toBe(4006)
    expect(await elsewhere.request('GET', '/api/users/me')).toMatchObject({ status: 401 })
    expect(await person.request('GET', '/api/users/me')).toMatchObject({ status: 200 })
  },
  slowMs,
)

test(
  'security 18: guesses that come all at once are counted before they are looked at',
  async () => {
    const strict = await startOnBun({ LIMIT_SIGN_INS_PER_ACCOUNT: '3' })
    const owner = await signUp(strict.url, 'Owner')
    const guess = (path: string, body: unknown, headers: Record<string, string> = {}) =>
      Promise.all(
        Array.from({ length: 8 }, async () => {
          const answer = await request(strict.url, 'POST', path, { body, headers })
          return answer.status
        }),
      )
    const counts = (statuses: number[]) =>
      [401, 429].map((at) => statuses.filter((s) => s === at).length)
    const wrong = { email: owner.me.email, password: 'wrong horse battery' }
    expect(counts(await guess('/api/auth/signin', wrong))).toEqual([3, 5])
    // Who stole a token can't try passwords for ever either.
    const change = { currentPassword: 'wrong', newPassword: 'staple battery horse' }
    const bearer = { authorization: `Bearer ${owner.token}` }
    expect(counts(await guess('/api/auth/password', change, bearer))).toEqual([3, 5])
    await strict.stop()
  },
  slowMs,
)

test(
  'security 18: the right password forgives the wrong ones before it',
  async () => {
    const strict = await startOnBun({ LIMIT_SIGN_INS_PER_ACCOUNT: '2' })
    const owner = await signUp(strict.url, 'Owner')
    const statuses: number[] = []
    for (const tried of ['wrong', password, 'wrong', password]) {
      const body = { email: owner.me.email, password: tried }
      statuses.push((await request(strict.url, 'POST', '/api/auth/signin', { body })).status)
    }
    expect(statuses).toEqual([401, 200, 401, 200])
    await strict.stop()
  },
  slowMs,
)

test(
  'sign-ups of one address are limited in the hour',
  async () => {
    const strict = await startOnBun({ LIMIT_SIGN_UPS_PER_IP: '1' })
    await signUp(strict.url, 'Owner')
    const body = { email: 'second@example.com', password, name: 'Second' }
    const refused = await request(strict.url, 'POST', '/api/auth/signup', { body })
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate_limited' } } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000)
    await strict.stop()
  },
  slowMs,
)

test('security 39: NUL in an address or a search is no failure of the server', async () => {
  expect(await post('/signin', { email: 'a\0b', password })).toMatchObject({ status: 401 })
  expect(await ada.request('GET', '/api/users?query=%00')).toMatchObject({
    status: 422,
    body: { error: { fields: [{ field: 'query' }] } },
  })
  expect(await ada.request('GET', `/api/users?query=${'x'.repeat(81)}`)).toMatchObject({
    status: 422,
  })
})

test(
  'security 58: the log tells of failures and ends, by id, and holds no secret and no address',
  async () => {
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
  },
  slowMs,
)
