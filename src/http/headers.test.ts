import { expect, test } from 'bun:test'
import { Hono } from 'hono'
import type { AppEnv } from './context.ts'
import { securityHeaders } from './headers.ts'
import { ask, configOf } from './testing.ts'

const app = (settings: Record<string, string> = {}) =>
  new Hono<AppEnv>()
    .use(securityHeaders({ config: configOf(settings) }))
    .get('/api/rooms', (c) => c.json({ rooms: [] }))
    .get('*', (c) => c.html('<p>page</p>'))

const directives = (headers: Headers): string[] =>
  (headers.get('content-security-policy') ?? '').split('; ')

test('security 42: a page loads from its own server alone, and runs nothing inline', async () => {
  const { headers } = await ask(app(), '/', { headers: { host: 'localhost:3000' } })
  const policy = directives(headers)
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("style-src 'self'")
  expect(policy).toContain("object-src 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("connect-src 'self' ws://localhost:3000 wss://localhost:3000")
  expect(policy.join()).not.toContain('unsafe-')
})

test('security 43: HTML from strings is refused but for the compiled templates', async () => {
  const policy = directives((await ask(app(), '/')).headers)
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).toContain('trusted-types parley-templates')
})

test('security 42: behind a public address the socket is that of the address', async () => {
  const { headers } = await ask(app({ PUBLIC_URL: 'https://chat.example.com' }), '/')
  expect(directives(headers)).toContain("connect-src 'self' wss://chat.example.com")
})

test.each(['evil.tld; script-src *', "x' 'unsafe-inline", 'a b'])(
  'security 42: a Host of %p adds nothing to the policy',
  async (host) => {
    const { headers } = await ask(app(), '/', { headers: { host } })
    expect(directives(headers)).toContain("connect-src 'self' ws://localhost wss://localhost")
  },
)

test('security 6: HSTS under an https address, and only there', async () => {
  const secure = await ask(app({ PUBLIC_URL: 'https://chat.example.com' }), '/')
  expect(secure.headers.get('strict-transport-security')).toContain('max-age=31536000')
  expect((await ask(app(), '/')).headers.has('strict-transport-security')).toBe(false)
})

test('answers are not sniffed, framed, leaked by Referer or kept by caches', async () => {
  const { headers } = await ask(app(), '/api/rooms')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  expect(headers.get('cache-control')).toBe('no-store')
})

test('security 56: nothing is shared with another origin', async () => {
  const { headers } = await ask(app(), '/api/rooms', { headers: { origin: 'https://evil.tld' } })
  expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})
