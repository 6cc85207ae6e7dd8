import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  setDefaultTimeout,
  test,
} from 'bun:test'
import { createHash } from 'node:crypto'
import { SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose'
import { testDatabase, type TestDatabase } from '../db/testing.ts'
import type { AccessTokens } from './access-token.ts'
import { createAccessTokens } from './jwt.ts'

// The first database of a run starts a Postgres.
setDefaultTimeout(30_000)

const secret = 'the secret of this test, long enough'
const userId = '00000000-0000-7000-8000-000000000001'
const sessionId = '00000000-0000-7000-8000-000000000002'
const kidOf = (text: string) =>
  createHash('sha256').update(`kid:${text}`).digest('hex').slice(0, 12)

let database: TestDatabase
let tokens: AccessTokens
let nowMs = Date.UTC(2026, 0, 1)

const make = (secrets: [string, ...string[]]) =>
  createAccessTokens({
    secrets,
    sql: database.sql,
    clock: () => nowMs,
    steadyClock: () => nowMs,
    ttlSeconds: 600,
  })

beforeAll(async () => {
  database = await testDatabase()
  await database.sql`insert into users (id, email, password_hash, handle, handle_key, name, avatar_color)
    values (${userId}, 'ada@example.com', '', 'ada', 'ada', 'Ada', 1)`
  await database.sql`insert into sessions (id, user_id, expires_at) values (${sessionId}, ${userId}, ${new Date(nowMs + 1e10)})`
  tokens = make([secret])
})
afterAll(() => database.drop())

/** A token that is right but for what a test changes. */
const forge = (
  payload: JWTPayload = {},
  header: Partial<JWTHeaderParameters> = {},
  key = secret,
) => {
  const iat = Math.floor(nowMs / 1_000)
  const claims = {
    iss: 'parley',
    aud: 'parley',
    sub: userId,
    sid: sessionId,
    iat,
    exp: iat + 600,
    ...payload,
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: kidOf(secret), ...header })
    .sign(new TextEncoder().encode(key))
}
const codeOf = (token: string) =>
  tokens.verify(token).then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  )

test('security 8: a token for files is none for the API, nor the other way round, also once it is known', async () => {
  const files = await tokens.issue({ userId, sessionId, use: 'files' })
  const api = await tokens.issue({ userId, sessionId })
  for (let times = 0; times < 2; times += 1) {
    expect((await tokens.verify(files.token, 'files')).sessionId).toBe(sessionId)
    expect((await tokens.verify(api.token)).sessionId).toBe(sessionId)
    const wrong = { code: 'unauthenticated' }
    await expect(tokens.verify(files.token)).rejects.toMatchObject(wrong)
    await expect(tokens.verify(api.token, 'files')).rejects.toMatchObject(wrong)
  }
})

test('a token speaks for its user and session until it ends', async () => {
  const { token, expiresAtMs } = await tokens.issue({ userId, sessionId })
  expect(expiresAtMs).toBe(nowMs + 600_000)
  expect(await tokens.verify(token)).toEqual({
    user: { id: userId, handle: 'ada', name: 'Ada', avatarColor: 1 },
    sessionId,
    serverRole: 'member',
    expiresAtMs,
  })
  nowMs += 600_000
  expect(await codeOf(token)).toBe('token_expired')
})

describe('what is refused', () => {
  test('security 7: other algorithms, other keys, and keys that the token brings along', async () => {
    const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`
    expect(await codeOf(unsigned)).toBe('unauthenticated')
    expect(await codeOf(await forge({}, { alg: 'HS512' }, secret.repeat(2)))).toBe(
      'unauthenticated',
    )
    expect(await codeOf(await forge({}, {}, 'another secret that is long enough'))).toBe(
      'unauthenticated',
    )
    const own = 'a key that the attacker chose, long enough'
    for (const header of [
      { jku: 'https://evil.tld/keys' },
      { x5u: 'https://evil.tld/cert' },
      { jwk: { kty: 'oct', k: Buffer.from(own).toString('base64url') } },
    ]) {
      expect(await codeOf(await forge({}, header, own))).toBe('unauthenticated')
    }
  })

  test('security 8: a wrong issuer, audience, kind or time, and claims that are missing', async () => {
    const later = Math.floor(nowMs / 1_000) + 60
    for (const payload of [
      { iss: 'other' },
      { aud: 'other' },
      { exp: undefined },
      { nbf: later },
      { sid: undefined },
      { sub: 'not an id' },
    ]) {
      expect([payload, await codeOf(await forge(payload))]).toEqual([payload, 'unauthenticated'])
    }
    expect(await codeOf(await forge({}, { typ: 'JWT' }))).toBe('unauthenticated')
    expect(await codeOf(await forge())).toBe('accepted')
  })

  test('security 9: an unknown key id; after a rotation the old key is good for what it signed', async () => {
    expect(await codeOf(await forge({}, { kid: 'unknown' }))).toBe('unauthenticated')
    const old = await tokens.issue({ userId, sessionId })
    const rotated = make(['a new secret of this test, long enough', secret])
    expect((await rotated.verify(old.token)).sessionId).toBe(sessionId)
    expect(
      make(['a new secret of this test, long enough']).verify(old.token),
    ).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    nowMs += 600_000
    expect(rotated.verify(old.token)).rejects.toMatchObject({ code: 'token_expired' })
  })

  test('security 9: whoever holds an old key can’t sign for longer than a token lives', async () => {
    const forever = await forge({ exp: Math.floor(nowMs / 1_000) + 1e6 })
    const rotated = make(['a new secret of this test, long enough', secret])
    expect((await rotated.verify(forever)).sessionId).toBe(sessionId)
    nowMs += 600_001
    expect(rotated.verify(forever)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(rotated.verify(await forge())).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test('a session of somebody else does not speak for me', async () => {
    const other = '00000000-0000-7000-8000-0000000000aa'
    expect(await codeOf(await forge({ sub: other }))).toBe('session_revoked')
    expect(await codeOf(await forge({ sid: other }))).toBe('session_revoked')
    expect(await codeOf(await forge())).toBe('accepted')
  })

  test('security 11: the token of a revoked session, at once here and within 2 s elsewhere', async () => {
    const here = await tokens.issue({ userId, sessionId })
    const elsewhere = make([secret])
    await elsewhere.verify(here.token)
    await tokens.verify(here.token)
    await database.sql`update sessions set revoked_at = now()`
    tokens.forget({ sessionId })
    expect(await codeOf(here.token)).toBe('session_revoked')
    nowMs += 2_001
    expect(elsewhere.verify(here.token)).rejects.toMatchObject({ code: 'session_revoked' })
  })
})

describe('what is remembered of a session', () => {
  const person = '00000000-0000-7000-8000-0000000000b1'
  const session = '00000000-0000-7000-8000-0000000000b2'
  const rename = (name: string) =>
    database.sql`update users set name = ${name} where id = ${person}`
  let token: string

  beforeEach(async () => {
    await database.sql`insert into users (id, email, password_hash, handle, handle_key, name, avatar_color)
      values (${person}, 'grace@example.com', '', 'grace', 'grace', 'Grace', 1)`
    await database.sql`insert into sessions (id, user_id, expires_at)
      values (${session}, ${person}, ${new Date(nowMs + 1e10)})`
    tokens = make([secret])
    token = await forge({ sub: person, sid: session })
  })
  afterEach(async () => {
    await database.sql`delete from users where id = ${person}`
  })
  const nameNow = async () => (await tokens.verify(token)).user.name

  test('it is read once in two seconds', async () => {
    expect(await nameNow()).toBe('Grace')
    await rename('Amazing')
    nowMs += 1_999
    expect(await nameNow()).toBe('Grace')
    nowMs += 1
    expect(await nameNow()).toBe('Amazing')
  })

  test('a change of the person is seen at once where it was made', async () => {
    expect(await nameNow()).toBe('Grace')
    await rename('Amazing')
    tokens.forget({ userId: person })
    expect(await nameNow()).toBe('Amazing')
  })

  test('a deleted person has no session', async () => {
    expect(await nameNow()).toBe('Grace')
    await database.sql`delete from users where id = ${person}`
    nowMs += 2_001
    expect(await codeOf(token)).toBe('session_revoked')
  })
})
