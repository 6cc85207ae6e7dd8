import { expect, test } from 'bun:test'
import { Hono } from 'hono'
import { hc } from 'hono/client'
import { z } from 'zod'
import { historyQuerySchema, postChatSchema } from '../protocol/chats.ts'
import { limits } from '../protocol/limits.ts'
import { idSchema } from '../protocol/text.ts'
import type { AppEnv } from './context.ts'
import { onError } from './errors.ts'
import { ask, json } from './testing.ts'
import { validate } from './validate.ts'

const paramSchema = z.object({ roomId: idSchema })
const roomId = '0198a7c2-6f3e-7d10-9c4b-2f1e8a5d7b60'
const path = `/rooms/${roomId}/chats`

const app = new Hono<AppEnv>()
  .post(
    '/rooms/:roomId/chats',
    validate('param', paramSchema),
    validate('json', postChatSchema),
    (c) => c.json({ ...c.req.valid('param'), ...c.req.valid('json') }, 201),
  )
  .get('/rooms/:roomId/chats', validate('query', historyQuerySchema), (c) =>
    c.json({ limit: c.req.valid('query').limit ?? null }, 200),
  )
app.onError(onError)

test('a valid body, path and query reach the handler, and hc knows their types', async () => {
  const client = hc<typeof app>('http://localhost', { fetch: app.request })
  const posted = await client.rooms[':roomId'].chats.$post({
    param: { roomId },
    json: { message: 'hi' },
  })
  const status: 201 = posted.status
  const said: { roomId: string; message: string } = await posted.json()
  expect(status).toBe(201)
  expect(said).toEqual({ roomId, message: 'hi' })
  const page = await client.rooms[':roomId'].chats.$get({
    param: { roomId },
    query: { limit: '7' },
  })
  const { limit }: { limit: number | null } = await page.json()
  expect(limit).toBe(7)
})

test('what is wrong is named by field', async () => {
  const { status, error } = await ask(app, path, json('{"message":5}'))
  expect(status).toBe(422)
  expect(error).toMatchObject({ code: 'invalid', fields: [{ field: 'message' }] })
})

test('security 34: a message that is too long has a code of its own', async () => {
  const message = 'x'.repeat(limits.messageChars + 1)
  const { status, error } = await ask(app, path, json(JSON.stringify({ message })))
  expect(status).toBe(422)
  expect(error.code).toBe('too_long')
})

test('a path or a query that does not fit is 422', async () => {
  const wrongPath = await ask(app, '/rooms/5/chats', json('{"message":"hi"}'))
  expect(wrongPath).toMatchObject({ status: 422, error: { fields: [{ field: 'roomId' }] } })
  const wrongQuery = await ask(app, `${path}?limit=-1`)
  expect(wrongQuery).toMatchObject({ status: 422, error: { fields: [{ field: 'limit' }] } })
})

test('security 28: keys that nobody asked for are dropped', async () => {
  const { status, text } = await ask(app, path, json('{"message":"hi","seq":1,"isAdmin":true}'))
  expect(status).toBe(201)
  expect(JSON.parse(text)).toEqual({ roomId, message: 'hi' })
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', undefined])(
  'security 57: a body of type %p is 415',
  async (type) => {
    const { status, error } = await ask(app, path, {
      method: 'POST',
      headers: type ? { 'content-type': type } : {},
      body: new Blob(['{"message":"hi"}']),
    })
    expect(status).toBe(415)
    expect(error.code).toBe('unsupported_media_type')
  },
)

const deep = 10_000
const malformed: [string, string][] = [
  ['no JSON', '{'],
  ['nothing', ''],
  ['10,000 arrays', `{"message":${'['.repeat(deep)}${']'.repeat(deep)}}`],
  ['10,000 objects', `${'{"message":'.repeat(deep)}1${'}'.repeat(deep)}`],
  ['10,000 arrays that never close', `{"message":${'['.repeat(deep)}`],
  ['a __proto__', '{"message":"hi","__proto__":{"isAdmin":true}}'],
  ['an escaped __proto__', String.raw`{"message":"hi","\u005f_proto__":{"isAdmin":true}}`],
  ['an inner __proto__', '{"message":"hi","cid":{"__proto__":null}}'],
]

test.each(malformed)('security 39: %s is 400 malformed', async (_what, body) => {
  const { status, error } = await ask(app, path, json(body))
  expect(status).toBe(400)
  expect(error.code).toBe('malformed')
  expect({}).not.toHaveProperty('isAdmin')
})

test('security 39: bytes that are not UTF-8 are 400 malformed', async () => {
  const { status, error } = await ask(app, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]),
  })
  expect(status).toBe(400)
  expect(error.code).toBe('malformed')
})

test.each([
  ['1e400', '{"message":1e400}'],
  ['a lone surrogate', String.raw`{"message":"\ud800"}`],
  ['NUL', String.raw`{"message":"a\u0000b"}`],
])('security 39: %s is refused by name', async (_what, body) => {
  const { status, error } = await ask(app, path, json(body))
  expect(status).toBe(422)
  expect(error.fields).toMatchObject([{ field: 'message' }])
})

test('security 39: an object that plays a length is 422, not 500', async () => {
  const message = { length: { toString: 1, valueOf: 1 } }
  const { status, error } = await ask(app, path, json(JSON.stringify({ message })))
  expect([status, error.code]).toEqual([422, 'invalid'])
})

test('people may write about __proto__ and brackets', async () => {
  const message = `__proto__ ${'['.repeat(200)} \\" "`
  const { status, text } = await ask(app, path, json(JSON.stringify({ message })))
  expect(status).toBe(201)
  expect(JSON.parse(text)).toEqual({ roomId, message })
})

test('a body over the limit is 413, whether or not it says how long it is', async () => {
  const large = JSON.stringify({ message: 'x'.repeat(limits.bodyBytes) })
  expect(await ask(app, path, json(large))).toMatchObject({ status: 413 })
  let sent = 0
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1
      controller.enqueue(new TextEncoder().encode(' '.repeat(64 * 1024)))
    },
  })
  const chunked = await ask(app, path, { ...json(''), body: endless })
  expect(chunked).toMatchObject({ status: 413, error: { code: 'too_large' } })
  expect(sent).toBeLessThan(10)
})
