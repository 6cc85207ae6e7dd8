import { expect, test } from 'bun:test'
import { Hono } from 'hono'
import type { AppEnv } from './context.ts'
import { isOwnOrigin, requireHttps, requireSameOrigin } from './origin.ts'
import { ask, configOf } from './testing.ts'

const at = (host: string) => new Request(`http://${host}/ws`, { headers: { host } })

test('the origin of the host that was asked is ours', () => {
  expect(isOwnOrigin('http://localhost:3000', at('localhost:3000'), {})).toBe(true)
  expect(isOwnOrigin('https://app.example.com', at('app.example.com'), {})).toBe(true)
})

test.each([
  'https://app.example.com.evil.tld',
  'https://evil-app.example.com',
  'https://app.example.com:8443',
  'https://app.example.com/',
  'https://user@app.example.com',
  'ftp://app.example.com',
  'null',
  '',
])('security 1: %p is not', (origin) => {
  expect(isOwnOrigin(origin, at('app.example.com'), {})).toBe(false)
  const publicUrl = 'https://app.example.com'
  expect(isOwnOrigin(origin, at('app.example.com'), { publicUrl })).toBe(false)
})

test('under a public address only its own origin counts, whatever the host says', () => {
  const own = { publicUrl: 'https://chat.example.com/' }
  expect(isOwnOrigin('https://chat.example.com', at('10.0.0.5:3000'), own)).toBe(true)
  expect(isOwnOrigin('http://chat.example.com', at('chat.example.com'), own)).toBe(false)
  expect(isOwnOrigin('http://10.0.0.5:3000', at('10.0.0.5:3000'), own)).toBe(false)
})

const app = () =>
  new Hono<AppEnv>().use(requireSameOrigin({ config: configOf() })).all('/', (c) => c.text('done'))

const sent = (method: string, headers: Record<string, string>) =>
  ask(app(), '/', { method, headers: { host: 'localhost', ...headers } })

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  'security 14, 56: %s from another site is 403, and nothing allows it to be read',
  async (method) => {
    const { status, error, headers } = await sent(method, { origin: 'https://evil.tld' })
    expect(status).toBe(403)
    expect(error.code).toBe('bad_origin')
    expect(headers.has('access-control-allow-origin')).toBe(false)
  },
)

test('security 14: a browser that says the request is cross-site is believed', async () => {
  expect(await sent('POST', { 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 })
  expect(await sent('POST', { 'sec-fetch-site': 'same-site' })).toMatchObject({ status: 403 })
  expect(await sent('POST', { 'sec-fetch-site': 'same-origin' })).toMatchObject({ status: 200 })
})

test('security 3: scripts send no Origin, and may', async () => {
  expect(await sent('POST', {})).toMatchObject({ status: 200 })
})

test('our own pages may', async () => {
  expect(await sent('POST', { origin: 'http://localhost' })).toMatchObject({ status: 200 })
})

test('a read from another site is answered; the browser keeps it from the page', async () => {
  const { status, headers } = await sent('GET', { origin: 'https://evil.tld' })
  expect(status).toBe(200)
  expect(headers.has('access-control-allow-origin')).toBe(false)
})

const secure = (settings: Record<string, string>) =>
  new Hono<AppEnv>()
    .use(
      requireHttps({ config: configOf({ PUBLIC_URL: 'https://chat.example.com', ...settings }) }),
    )
    .get('/', (c) => c.text('done'))
const proxied = { headers: { 'x-forwarded-proto': 'https' } }

test('security 6: under an https address plain http is refused, not redirected', async () => {
  const { status, error, headers } = await ask(secure({}), '/')
  expect(status).toBe(403)
  expect(error.code).toBe('https_required')
  expect(headers.has('location')).toBe(false)
})

test('security 6: only a trusted proxy may say that it spoke https', async () => {
  expect(await ask(secure({}), '/', proxied)).toMatchObject({ status: 403 })
  expect(await ask(secure({ TRUST_PROXY: 'true' }), '/', proxied)).toMatchObject({ status: 200 })
})
