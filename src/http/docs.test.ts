import { expect, test } from 'bun:test'
import { Hono } from 'hono'
import { z } from 'zod'
import { errorCodes } from '../protocol/errors.ts'
import { chatSchema, historyQuerySchema, postChatSchema } from '../protocol/chats.ts'
import { idSchema } from '../protocol/text.ts'
import type { AppEnv } from './context.ts'
import { describe } from './describe.ts'
import { docsRoutes } from './docs.ts'
import { ask } from './testing.ts'
import { validate } from './validate.ts'

const described = () => {
  const app = new Hono<AppEnv>()
    .post(
      '/api/rooms/:roomId/chats',
      describe({
        summary: "Say what you've to say",
        tags: ['Chats'],
        responses: { 201: z.object({ chat: chatSchema }) },
        errors: ['not_found', 'cid_conflict'],
      }),
      validate('param', z.object({ roomId: idSchema })),
      validate('json', postChatSchema),
      (c) => c.body(null),
    )
    .get(
      '/api/chats',
      describe({ summary: 'Read', tags: ['Chats'], responses: { 204: null }, auth: false }),
      validate('query', historyQuerySchema),
      (c) => c.body(null),
    )
  return app.route('/api', docsRoutes(app))
}

const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        security: z.array(z.unknown()),
        parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).optional(),
        requestBody: z.unknown().optional(),
        responses: z.record(z.string(), z.looseObject({ description: z.string() })),
      }),
    ),
  ),
  components: z.object({
    schemas: z.record(z.string(), z.looseObject({})),
    securitySchemes: z.record(z.string(), z.looseObject({})),
  }),
})

const read = async () => {
  const { text } = await ask(described(), '/api/openapi.json')
  return { text, document: documentSchema.parse(JSON.parse(text)) }
}

test('what validates is what is documented', async () => {
  const { document } = await read()
  expect(document.openapi).toStartWith('3.1')
  const post = document.paths['/api/rooms/{roomId}/chats']?.['post']
  expect(post?.parameters).toMatchObject([{ name: 'roomId', in: 'path', required: true }])
  expect(post?.requestBody).toMatchObject({
    content: { 'application/json': { schema: { required: ['message'] } } },
  })
  const get = document.paths['/api/chats']?.['get']
  expect(get?.parameters?.map(({ name }) => name)).toEqual(['limit', 'before', 'after', 'around'])
})

test('every refusal is documented, by its codes, with the one error body', async () => {
  const { document } = await read()
  const responses = document.paths['/api/rooms/{roomId}/chats']?.['post']?.responses ?? {}
  const told = Object.fromEntries(
    Object.entries(responses).map(([status, { description }]) => [status, description]),
  )
  expect(told).toMatchObject({
    400: 'malformed',
    401: 'unauthenticated, token_expired, session_revoked',
    404: 'not_found',
    409: 'cid_conflict',
    413: 'too_large',
    415: 'unsupported_media_type',
    422: 'invalid, too_long',
    429: 'rate_limited',
  })
  expect(JSON.stringify(document.components.schemas['Error'])).toContain(errorCodes[0])
})

test('routes say whether they need a token', async () => {
  const { document } = await read()
  expect(document.components.securitySchemes['accessToken']).toMatchObject({ scheme: 'bearer' })
  expect(document.paths['/api/chats']?.['get']?.security).toEqual([])
  expect(document.paths['/api/rooms/{roomId}/chats']?.['post']?.security).toEqual([
    { accessToken: [] },
  ])
})

test('every reference in the document leads somewhere', async () => {
  const { text, document } = await read()
  const names = Array.from(text.matchAll(/"\$ref":"([^"]+)"/g), (match) => match[1] ?? '')
  expect(names.length).toBeGreaterThan(0)
  for (const name of names) {
    expect(name).toStartWith('#/components/schemas/')
    expect(document.components.schemas).toHaveProperty([name.split('/').at(-1) ?? ''])
  }
})

test('the page shows every route with a body, an answer and a curl line', async () => {
  const { text, headers } = await ask(described(), '/api/docs')
  expect(headers.get('content-type')).toStartWith('text/html')
  expect(text).toContain('/api/rooms/{roomId}/chats')
  expect(text).toContain('curl -X POST')
  expect(text).toContain('Authorization: Bearer $TOKEN')
  expect(text).toContain('Say what you&#39;ve to say')
})

test('security 42: the page has no script, no inline style and nothing of another server', async () => {
  const { text } = await ask(described(), '/api/docs')
  expect(text).not.toMatch(/<script|style=|<style|\son\w+=/)
  const loaded = Array.from(
    text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g),
    (match) => match[1],
  )
  expect(loaded).toEqual(['/api/docs/style.css'])
  const style = await ask(described(), '/api/docs/style.css')
  expect(style.headers.get('content-type')).toStartWith('text/css')
  expect(style.text).not.toMatch(/url\(|@import/)
})
