import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import {
  request,
  signUp,
  startOnBun,
  WireSocket,
  type Answer,
  type Cast,
} from '../adapters/testing.ts'

// Hashing is slow on purpose, and slower beside other suites.
setDefaultTimeout(30_000)

let server: Awaited<ReturnType<typeof startOnBun>>
let sql: postgres.Sql
let ada: Cast

beforeAll(async () => {
  server = await startOnBun({ TRUST_PROXY: 'true' })
  sql = postgres(server.databaseUrl, { max: 1 })
  ada = await signUp(server.url, 'Ada')
})
afterAll(async () => {
  await sql.end()
  await server.stop()
})

const post = (path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
  request(server.url, 'POST', `/api/auth${path}`, { body, ...(headers && { headers }) })
const account = (more: object = {}) => ({
  email: `${crypto.randomUUID()}@example.com`,
  password: 'correct horse battery',
  name: 'Somebody',
  ...more,
})
const fieldsOf = ({ body }: Answer): string[] =>
  ((body['error'] as { fields?: { field: string }[] }).fields ?? []).map(({ field }) => field)
const cookieOf = ({ headers }: Answer): string => headers.get('set-cookie')?.split(';')[0] ?? ''

describe('signing up', () => {
  test('the first account is the owner, the next ones are members', async () => {
    expect(ada.me.role).toBe('owner')
    expect((await signUp(server.url, 'Grace')).me.role).toBe('member')
  })

  test('of eight first sign-ups at once exactly one is the owner', async () => {
    const fresh = await startOnBun()
    const people = await Promise.all(Array.from({ length: 8 }, () => signUp(fresh.url, 'First')))
    expect(people.filter(({ me }) => me.role === 'owner')).toHaveLength(1)
    expect(new Set(people.map(({ me }) => me.handle)).size).toBe(8)
    await fresh.stop()
  })

  test('security 20: short, long and common passwords are refused by name', async () => {
    for (const password of [
      'short',
      'x'.repeat(129),
      'Password123',
      'Somebody1',
      'a\u0000bcdefgh',
    ]) {
      const answer = await post('/signup', account({ password }))
      expect([password.length, answer.status, fieldsOf(answer)]).toEqual([
        password.length,
        422,
        ['password'],
      ])
    }
    expect(
      await post('/signup', account({ password: '🦊 läuft über die Wiese '.repeat(5) })),
    ).toMatchObject({ status: 201 })
  })

  test('security 45: invisible characters are refused, and handles that look alike', async () => {
    for (const name of ['a\u202Eb', 'a\u200Bb', 'a\u0007b', 'a\uFEFFb', '\u3164']) {
      expect(await post('/signup', account({ name }))).toMatchObject({ status: 422 })
    }
    expect(await post('/signup', account({ handle: 'paypal' }))).toMatchObject({ status: 201 })
    for (const handle of ['paypal', 'paypa1', 'PayPal']) {
      expect(await post('/signup', account({ handle }))).toMatchObject({
        status: 409,
        body: { error: { code: 'handle_taken' } },
      })
    }
    expect(await post('/signup', account({ handle: 'pаypal' }))).toMatchObject({ status: 422 })
  })

  test('security 28: a role, an id or a date in the body is not taken', async () => {
    const id = '00000000-0000-7000-8000-0000000000ff'
    const answer = await post(
      '/signup',
      account({ role: 'owner', id, is_admin: true, createdAt: '2000-01-01T00:00:00Z' }),
    )
    expect(answer.body['user']).toMatchObject({ role: 'member' })
    expect((answer.body['user'] as { id: string }).id).not.toBe(id)
  })

  test('a taken address is refused by name', async () => {
    const answer = await post('/signup', account({ email: ada.me.email.toUpperCase() }))
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'email_taken' } } })
  })

  test('closed registration lets the first one in and nobody else', async () => {
    const closed = await startOnBun({ REGISTRATION: 'closed' })
    expect((await signUp(closed.url, 'Owner')).me.role).toBe('owner')
    const answer = await request(closed.url, 'POST', '/api/auth/signup', { body: account() })
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'registration_closed' } } })
    await closed.stop()
  })
})

describe('signing in', () => {
  test('security 16: an unknown address and a wrong password can’t be told apart', async () => {
    const known = { email: ada.me.email, password: 'wrong horse battery' }
    const unknown = { email: 'nobody@example.com', password: 'wrong horse battery' }
    const times = { known: [] as number[], unknown: [] as number[] }
    for (let n = 0; n < 9; n += 1) {
      for (const [kind, body] of [
        ['known', known],
        ['unknown', unknown],
      ] as const) {
        const startMs = performance.now()
        const answer = await post('/signin', body)
        times[kind].push(performance.now() - startMs)
        expect([answer.status, answer.body]).toEqual([
          401,
          {
            error: {
              code: 'invalid_credentials',
              message: 'The e-mail address or the password is wrong',
            },
          },
        ])
      }
    }
    const median = (list: number[]) => list.toSorted((a, b) => a - b)[4] ?? 0
    const ratio = median(times.known) / median(times.unknown)
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.7)
  })
})

describe('refreshing', () => {
  const fresh = async () => {
    const person = await signUp(server.url, 'Tab')
    return { person, cookie: person.cookie }
  }

  test('security 14: the cookie is for this host, for no script and for no other site', async () => {
    const answer = await post('/signin', { email: ada.me.email, password: 'correct horse battery' })
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^parley_refresh=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    const secure = await startOnBun({ PUBLIC_URL: 'https://chat.example.com', TRUST_PROXY: 'true' })
    const signUpThere = await request(secure.url, 'POST', '/api/auth/signup', {
      body: account(),
      headers: { 'x-forwarded-proto': 'https', origin: 'https://chat.example.com' },
    })
    expect(signUpThere.headers.getSetCookie()[0]).toMatch(
      /^__Host-parley_refresh=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    const clear = await request(secure.url, 'POST', '/api/auth/signin', { body: {} })
    expect(clear).toMatchObject({ status: 403, body: { error: { code: 'https_required' } } })
    await secure.stop()
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.tld' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign) {
      expect(
        await post('/refresh', undefined, { cookie: cookieOf(answer), ...headers }),
      ).toMatchObject({
        status: 403,
        body: { error: { code: 'bad_origin' } },
      })
    }
  })

  test('security 13: within the grace two tabs get the same successor', async () => {
    const { cookie, person } = await fresh()
    const [one, two] = await Promise.all([
      post('/refresh', undefined, { cookie }),
      post('/refresh', undefined, { cookie }),
    ])
    expect([one.status, two.status]).toEqual([200, 200])
    expect(cookieOf(one)).toBe(cookieOf(two))
    expect(cookieOf(one)).not.toBe(cookie)
    expect(one.body['user']).toMatchObject({ id: person.me.id })
    expect(await post('/refresh', undefined, { cookie: cookieOf(one) })).toMatchObject({
      status: 200,
    })
  })

  test('security 13: a token used again after the grace ends the whole family', async () => {
    const { cookie, person } = await fresh()
    const socket = await WireSocket.signedIn(server.url, person)
    const next = cookieOf(await post('/refresh', undefined, { cookie }))
    await sql`update refresh_tokens set used_at = used_at - interval '11 seconds' where used_at is not null`
    expect(await post('/refresh', undefined, { cookie })).toMatchObject({ status: 401 })
    expect(await socket.closed).toBe(4006)
    expect(await post('/refresh', undefined, { cookie: next })).toMatchObject({ status: 401 })
    expect(await person.request('GET', '/api/users/me')).toMatchObject({ status: 401 })
    expect(server.log()).toContain('refresh token reused')
  })

  test('no cookie, or one that was never given, is 401', async () => {
    expect(await post('/refresh')).toMatchObject({
      status: 401,
      body: { error: { code: 'unauthenticated' } },
    })
    expect(await post('/refresh', undefined, { cookie: 'parley_refresh=guess' })).toMatchObject({
      status: 401,
    })
  })
})

describe('sessions and passwords', () => {
  test('a wrong current password changes nothing and is named', async () => {
    const answer = await ada.request('POST', '/api/auth/password', {
      currentPassword: 'wrong',
      newPassword: 'staple battery horse',
    })
    expect([answer.status, fieldsOf(answer)]).toEqual([401, ['currentPassword']])
    const common = await ada.request('POST', '/api/auth/password', {
      currentPassword: 'correct horse battery',
      newPassword: 'password1',
    })
    expect([common.status, fieldsOf(common)]).toEqual([422, ['newPassword']])
  })

  test('security 21: the database holds no password and no token in clear', async () => {
    const secrets = ['correct horse battery', ada.cookie.split('=')[1] ?? 'none', ada.token]
    for (const table of ['users', 'sessions', 'refresh_tokens']) {
      const rows = JSON.stringify(await sql`select * from ${sql(table)}`)
      for (const secret of secrets) expect(rows).not.toContain(secret)
    }
  })
})

describe('refusals of every route', () => {
  const open = ['/signup', '/signin']
  const closed = [
    ['GET', '/sessions'],
    ['DELETE', '/sessions/00000000-0000-7000-8000-000000000001'],
    ['POST', '/sessions/revoke-others'],
    ['POST', '/password'],
  ] as const

  test('no token is 401', async () => {
    for (const [method, path] of closed) {
      const answer = await request(server.url, method, `/api/auth${path}`)
      expect(answer).toMatchObject({ status: 401, body: { error: { code: 'unauthenticated' } } })
      expect(answer.headers.get('www-authenticate')).toStartWith('Bearer')
    }
  })

  test('security 39, 57: malformed, of another type, too large, or of the wrong method', async () => {
    for (const path of open) {
      expect(await post(path, '{"email":')).toMatchObject({
        status: 400,
        body: { error: { code: 'malformed' } },
      })
      expect(await post(path, '[]', { 'content-type': 'text/plain' })).toMatchObject({
        status: 415,
      })
      expect(await post(path, { email: 'x'.repeat(300_000) })).toMatchObject({ status: 413 })
      expect(await post(path, {})).toMatchObject({
        status: 422,
        body: { error: { code: 'invalid' } },
      })
      const wrong = await request(server.url, 'PUT', `/api/auth${path}`)
      expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST'])
    }
  })

  test('security 39: NUL in an address or a search is no failure of the server', async () => {
    expect(await post('/signin', { email: 'a\0b', password: 'x' })).toMatchObject({ status: 401 })
    expect(await ada.request('GET', '/api/users?query=%00')).toMatchObject({
      status: 422,
      body: { error: { fields: [{ field: 'query' }] } },
    })
    expect(await ada.request('GET', `/api/users?query=${'x'.repeat(81)}`)).toMatchObject({
      status: 422,
    })
  })
})
