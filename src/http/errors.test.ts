import { expect, test } from 'bun:test'
import { Hono } from 'hono'
import { AppError } from '../protocol/errors.ts'
import type { AppEnv } from './context.ts'
import { unknownRoute } from './errors.ts'
import { logRequests } from './request-log.ts'
import { ask, openTestLog } from './testing.ts'

const answering = (error: Error) =>
  new Hono<AppEnv>().get('/', () => {
    throw error
  })

test('an AppError is answered with its status and body', async () => {
  const fields = [{ field: 'name', message: 'must not be empty' }]
  const { status, text } = await ask(answering(new AppError('invalid', 'No name', { fields })), '/')
  expect(status).toBe(422)
  expect(JSON.parse(text)).toEqual({ error: { code: 'invalid', message: 'No name', fields } })
})

test('an answer that says when to come back says it in seconds too', async () => {
  const { status, headers } = await ask(
    answering(new AppError('rate_limited', 'Later', { retryAfterMs: 1_200 })),
    '/',
  )
  expect(status).toBe(429)
  expect(headers.get('retry-after')).toBe('2')
})

test('security 57: an unknown error tells nothing, and the log tells it by request id', async () => {
  const { log, text: logged } = await openTestLog()
  const app = new Hono<AppEnv>()
    .use(logRequests({ log, newId: () => 'request-1', steadyClock: () => 0 }))
    .get('/', () => {
      throw new Error('select password_hash from users: /srv/parley/store.ts')
    })
  const { status, text } = await ask(app, '/')
  expect(status).toBe(500)
  expect(JSON.parse(text)).toEqual({
    error: { code: 'internal', message: 'Something went wrong on the server' },
  })
  expect(logged()).toContain('select password_hash')
  expect(logged()).toContain('request-1')
})

test('a database that is away answers 503 and when to come back, whichever client asked it', async () => {
  const closed = Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' })
  const full = Object.assign(new Error('No space left on device'), { code: '53100' })
  const wrapped = new Error('Failed query: select secret', { cause: full })
  for (const error of [closed, full, wrapped]) {
    const { status, headers, text } = await ask(answering(error), '/')
    expect([status, headers.get('retry-after')]).toEqual([503, '1'])
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'overloaded', retryAfterMs: 1_000 } })
    expect(text).not.toContain('secret')
  }
})

const routes = () => {
  const app = new Hono<AppEnv>()
    .get('/api/rooms/:roomId', (c) => c.text('room'))
    .patch('/api/rooms/:roomId', (c) => c.text('changed'))
    .post('/api/rooms', (c) => c.text('made'))
  app.all('/api/*', unknownRoute(app))
  return app
}

test('security 57: an unknown address is 404 as JSON', async () => {
  const { status, error, headers } = await ask(routes(), '/api/nothing')
  expect(status).toBe(404)
  expect(error.code).toBe('not_found')
  expect(headers.get('content-type')).toStartWith('application/json')
})

test('security 57: a wrong method is 405 and says which would do', async () => {
  const { status, error, headers } = await ask(routes(), '/api/rooms/5', { method: 'DELETE' })
  expect(status).toBe(405)
  expect(error.code).toBe('method_not_allowed')
  expect(headers.get('allow')).toBe('GET, PATCH')
})

test('a route that only has a longer or shorter sibling is unknown', async () => {
  expect(await ask(routes(), '/api/rooms/5/chats')).toMatchObject({ status: 404 })
  expect(await ask(routes(), '/api/rooms', { method: 'PATCH' })).toMatchObject({ status: 405 })
})
