import { expect, test } from 'bun:test'
import { Hono } from 'hono'
import type { AppEnv } from './context.ts'
import { logRequests } from './request-log.ts'
import { ask, json, openTestLog } from './testing.ts'

const start = async () => {
  const { log, text } = await openTestLog()
  let made = 0
  const app = new Hono<AppEnv>()
    .use(logRequests({ log, newId: () => `request-${(made += 1)}`, steadyClock: () => 0 }))
    .all('*', async (c) => c.text(await c.req.text(), c.req.method === 'GET' ? 200 : 422))
  return { app, text }
}

test('each answer names its request, and no id from outside is taken over', async () => {
  const { app } = await start()
  const { headers } = await ask(app, '/', { headers: { 'x-request-id': 'forged' } })
  expect(headers.get('x-request-id')).toBe('request-1')
  expect((await ask(app, '/')).headers.get('x-request-id')).toBe('request-2')
})

test('a line has method, path, status, time and the id', async () => {
  const { app, text } = await start()
  await ask(app, '/api/rooms', json('{}'))
  expect(text()).toContain('POST')
  expect(text()).toContain('/api/rooms')
  expect(text()).toContain('422')
  expect(text()).toContain('request-1')
})

test('security 5, 58: no query, body, token or cookie is ever logged', async () => {
  const { app, text } = await start()
  await ask(app, '/ws?token=canary-query')
  await ask(app, '/api/rooms?x=canary-query', {
    method: 'POST',
    headers: { authorization: 'Bearer canary-token', cookie: 'a=canary-cookie' },
    body: 'canary-body',
  })
  expect(text()).toContain('/api/rooms')
  expect(text()).not.toContain('canary')
})

test('security 58: a line stays one line', async () => {
  const { app, text } = await start()
  await ask(app, '/a%0d%0aforged%20line', { method: 'POST' })
  expect(text().trim().split('\n')).toHaveLength(1)
  expect(text()).not.toContain('\r')
})
