import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { testDatabase, type TestDatabase } from '../db/testing.ts'
import { createAccountStore } from './account-store.ts'
import { refreshHash } from './refresh-token.ts'
import { createSessionStore } from './session-store.ts'

// The first database of a run starts a Postgres.
setDefaultTimeout(30_000)

const dayMs = 86_400_000
const newId = () => Bun.randomUUIDv7()

let database: TestDatabase
let nowMs = Date.UTC(2026, 0, 1)
let people = 0

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const accounts = () => createAccountStore(database.db)
const sessions = () =>
  createSessionStore({
    db: database.db,
    clock: () => nowMs,
    newId,
    key: 'the key of this test',
    ttlDays: 60,
  })

const addPerson = async (name = 'Ada') => {
  people += 1
  const account = {
    id: newId(),
    email: `person${people}@example.com`,
    passwordHash: `hash ${people}`,
    name,
    handle: undefined,
  }
  const me = await accounts().create(account, { isOpen: true })
  return { me, passwordHash: account.passwordHash }
}
const signIn = async ({ me, passwordHash }: Awaited<ReturnType<typeof addPerson>>) => {
  const opened = await sessions().open({ userId: me.id, passwordHash, userAgent: 'a test' })
  if (!opened) throw new Error('not opened')
  return opened
}
const rotated = async (token: string) => {
  const rotation = await sessions().rotate(token)
  if (!rotation.ok) throw new Error(rotation.reason)
  return rotation.token
}
const isKept = async (token: string) => {
  const rows = await database.sql`select from refresh_tokens where hash = ${refreshHash(token)}`
  return rows.length === 1
}

test('security 13: ten seconds are grace, one more is theft and ends the family', async () => {
  const { token } = await signIn(await addPerson())
  const next = await rotated(token)
  nowMs += 10_000
  expect(await rotated(token)).toBe(next)
  nowMs += 1
  expect(await sessions().rotate(token)).toMatchObject({ ok: false, reason: 'reused' })
  expect(await sessions().rotate(next)).toEqual({ ok: false, reason: 'ended' })
})

test('security 13: twenty tabs at once get one successor', async () => {
  const { token } = await signIn(await addPerson())
  const all = await Promise.all(Array.from({ length: 20 }, () => rotated(token)))
  expect(new Set(all).size).toBe(1)
  expect(all[0]).not.toBe(token)
})

test('a session lives as long as it is used, and ends when it is not', async () => {
  const person = await addPerson()
  let { token } = await signIn(person)
  for (let n = 0; n < 3; n += 1) {
    nowMs += 59 * dayMs
    token = await rotated(token)
  }
  nowMs += 61 * dayMs
  expect(await sessions().rotate(token)).toEqual({ ok: false, reason: 'ended' })
  expect(await sessions().list(person.me.id, newId())).toEqual([])
})

test('used tokens are cleared a week later, and are refused as before', async () => {
  const { token } = await signIn(await addPerson())
  const second = await rotated(token)
  nowMs += 7 * dayMs + 1
  expect(await isKept(token)).toBe(true)
  const third = await rotated(second)
  expect([await isKept(token), await isKept(second)]).toEqual([false, true])
  expect(await sessions().rotate(token)).toEqual({ ok: false, reason: 'unknown' })
  expect(await rotated(third)).toBeString()
})

test('the next sign-in clears the sessions that are over', async () => {
  const person = await addPerson()
  const old = await signIn(person)
  const other = await signIn(await addPerson('Grace'))
  await sessions().revoke(person.me.id, old.sessionId)
  await sessions().revoke(other.sessionId, other.sessionId)
  await signIn(person)
  const rows = await database.sql`select id from sessions where user_id = ${person.me.id}`
  expect(rows).toHaveLength(1)
  expect(await isKept(old.token)).toBe(false)
  expect(await isKept(other.token)).toBe(true)
})

test('a session of another is not ended', async () => {
  const theirs = await signIn(await addPerson())
  const me = await addPerson('Mallory')
  expect(await sessions().revoke(me.me.id, theirs.sessionId)).toBe(false)
  expect(await rotated(theirs.token)).toBeString()
})

test('security 12: a sign-in whose password was changed meanwhile opens nothing', async () => {
  const person = await addPerson()
  const { sessionId } = await signIn(person)
  const other = await signIn(person)
  const change = {
    userId: person.me.id,
    oldHash: person.passwordHash,
    keepSessionId: sessionId,
    at: new Date(nowMs),
  }
  expect(await accounts().changePassword({ ...change, newHash: 'new' })).toEqual([other.sessionId])
  const late = { userId: person.me.id, passwordHash: person.passwordHash, userAgent: '' }
  expect(await sessions().open(late)).toBeNull()
  // Of two changes at once the second finds that what it checked is no longer true.
  expect(await accounts().changePassword({ ...change, newHash: 'newer' })).toBeNull()
  expect((await accounts().byId(person.me.id))?.passwordHash).toBe('new')
})

test('forty people of one name all get a handle of their own', async () => {
  const handles = new Set<string>()
  for (let n = 0; n < 40; n += 1) handles.add((await addPerson('Jean-Luc Picard')).me.handle)
  expect(handles.size).toBe(40)
  expect(handles).toContain('jean-luc-picard')
})

test('an address that Postgres can’t hold belongs to nobody', async () => {
  expect(await accounts().byEmail('a\0b@example.com')).toBeUndefined()
})

test('of two first sign-ups at once where registration is closed, one gets in', async () => {
  const empty = await testDatabase()
  const store = createAccountStore(empty.db)
  const tries = await Promise.allSettled(
    ['ada', 'grace', 'linus', 'ken'].map((name) =>
      store.create(
        { id: newId(), email: `${name}@example.com`, passwordHash: '', name, handle: undefined },
        { isOpen: false },
      ),
    ),
  )
  const refusals = tries.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  expect(refusals.map((error: { code: string }) => error.code)).toEqual(
    Array<string>(3).fill('registration_closed'),
  )
  const stored = await empty.sql<{ role: string }[]>`select role from users`
  expect(stored.map(({ role }) => role)).toEqual(['owner'])
  await empty.drop()
})
