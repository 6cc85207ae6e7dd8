import { expect, test } from 'bun:test'
import { Hono } from 'hono'
import { authenticate } from './authenticate.ts'
import type { AppEnv } from './context.ts'
import { ann, ask, tokens } from './testing.ts'

const app = () =>
  new Hono<AppEnv>().use(authenticate({ tokens })).get('/', (c) => c.json(c.get('asker').user))

const bearing = (authorization: string): RequestInit => ({ headers: { authorization } })

test('a living access token says who asks', async () => {
  const { status, text } = await ask(app(), '/', bearing('Bearer good'))
  expect(status).toBe(200)
  expect(JSON.parse(text)).toEqual(ann)
})

test('the scheme is read in any case', async () => {
  expect(await ask(app(), '/', bearing('bearer good'))).toMatchObject({ status: 200 })
})

test('without a token the answer is 401 and names the scheme', async () => {
  const { status, error, headers } = await ask(app(), '/')
  expect(status).toBe(401)
  expect(error.code).toBe('unauthenticated')
  expect(headers.get('www-authenticate')).toBe('Bearer realm="parley"')
})

test.each(['Basic Z29vZDp4', 'Bearer', 'Bearer two words', 'good'])(
  '%p is no access token',
  async (authorization) => {
    expect(await ask(app(), '/', bearing(authorization))).toMatchObject({ status: 401 })
  },
)

test('a token that has ended is told from a missing one', async () => {
  const { status, error, headers } = await ask(app(), '/', bearing('Bearer old'))
  expect(status).toBe(401)
  expect(error.code).toBe('token_expired')
  expect(headers.get('www-authenticate')).toContain('error="invalid_token"')
})

test('security 2: a cookie alone lets nobody in', async () => {
  const { status } = await ask(app(), '/', { headers: { cookie: '__Host-parley=good' } })
  expect(status).toBe(401)
})
