import { afterAll, beforeAll, expect, test } from 'bun:test'
import { z } from 'zod'
import { rows } from './access-suite.ts'
import { request, startOnBun, type Answer, type WireServer } from './adapters/testing.ts'
import { connectDatabase, type OpenDatabase } from './db/connect.ts'
import { ask, gather, people, routesOf, setScene, type Row, type Troupe } from './testing.ts'

let server: WireServer
let database: OpenDatabase
let troupe: Troupe
let document: z.infer<typeof documentSchema>

const contentSchema = z.record(z.string(), z.object({ schema: z.unknown() }))
const operationSchema = z.looseObject({
  responses: z.record(z.string(), z.looseObject({ content: contentSchema.optional() })),
})
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
})

beforeAll(async () => {
  const started = await startOnBun()
  server = started
  database = connectDatabase(started.databaseUrl, 1)
  troupe = await gather(server.url)
  document = documentSchema.parse((await request(server.url, 'GET', '/api/openapi.json')).body)
}, 20_000)
afterAll(async () => {
  await database.close()
  await server.stop()
})

/** Not of the REST API, or what describes it. */
const undescribed = new Set([
  'GET /healthz',
  'GET /readyz',
  'GET /ws',
  'GET /api/openapi.json',
  'GET /api/docs',
  'GET /api/docs/style.css',
])

test('security 27: every route has its rows, and every row its route', () => {
  const served = routesOf(database)
  expect(served.length).toBeGreaterThan(30)
  expect(new Set(rows.map(({ route }) => route))).toEqual(new Set(served))
})

test('security 27: every route is in the OpenAPI document, and nothing else is', () => {
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map(
      (method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    ),
  )
  const served = routesOf(database).filter((route) => !undescribed.has(route))
  expect(described.sort()).toEqual(served.sort())
})

/** Why an answer is not what the document promises of its route, or null. */
function breach({ route }: Row, { status, body }: Answer): string | null {
  const [method = '', path = ''] = route.split(' ')
  const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
  const response = operation?.responses[status]
  if (!response) return `${status} is not described`
  // Bytes of a file, of which a schema says nothing.
  if (response.content?.['application/octet-stream']) return null
  const schema = response.content?.['application/json']?.schema
  if (!schema) return Object.values(body).some(Boolean) ? 'a body that is not described' : null
  const whole = { ...z.looseObject({}).parse(schema), $defs: document.components.schemas }
  const text = JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/')
  // JSON Schema, by which the document's schemas are written.
  const known = z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0])
  const { error } = known.safeParse(body)
  return error ? z.prettifyError(error) : null
}

/** Nothing of the inside: no stack, statement, path or type of error (security 57). */
const inside =
  /\bat \S+ ?\(|node_modules|\/src\/|\.ts\b|\bselect\b|PostgresError|TypeError|ZodError/

const secrets = /password_?hash|refreshToken|handle_?key|direct_?key|scrypt/i

for (const [index, row] of rows.entries()) {
  const { route, kind = 'private' } = row
  test(`security 22, 26, 27, 29, 57: ${route} in a ${kind} room (row ${index})`, async () => {
    const found = []
    let scene = await setScene(troupe, kind)
    for (const person of people) {
      const answer = await ask(row, scene, person)
      found.push(answer.status)
      // What one changed is not what the next may find.
      if (answer.status < 300 && /^(?!GET).*:/.test(route)) scene = await setScene(troupe, kind)
      if (undescribed.has(route)) continue
      expect(breach(row, answer)).toBeNull()
      const text = JSON.stringify(answer.body)
      expect(text).not.toMatch(secrets)
      if (answer.status >= 400) {
        expect(Object.keys(answer.body)).toEqual(['error'])
        expect(text).not.toMatch(inside)
      }
      if (person === 'stranger' && !/signin|password/.test(route)) {
        expect(text).not.toContain(scene.mate.me.email)
      }
    }
    expect(found).toEqual([...row.answers])
  })
}
