import { afterAll, expect, test } from 'bun:test'
import { Hono } from 'hono'
import type { Sql } from 'postgres'
import { testDatabase } from '../db/testing.ts'
import type { HubStats } from '../realtime/hub.ts'
import type { AppEnv } from './context.ts'
import { readiness } from './readiness.ts'
import { ask } from './testing.ts'

const database = await testDatabase()
afterAll(() => database.drop())

const calm: HubStats = {
  connections: 0,
  users: 0,
  rooms: 0,
  queued: 0,
  isDraining: false,
  isDegraded: false,
}
const asked = (sql: Sql, stats = calm) =>
  ask(new Hono<AppEnv>().get('/readyz', readiness({ sql, hub: { stats: () => stats } })), '/readyz')

test('ready while the database answers', async () => {
  const { status, text } = await asked(database.sql)
  expect(status).toBe(200)
  expect(JSON.parse(text)).toEqual({ status: 'ready' })
})

test('degraded, and still to be used, while the bus is away', async () => {
  const { status, text } = await asked(database.sql, { ...calm, isDegraded: true })
  expect(status).toBe(200)
  expect(JSON.parse(text)).toEqual({ status: 'degraded' })
})

test('not ready while the server drains', async () => {
  const { status, text } = await asked(database.sql, { ...calm, isDraining: true })
  expect(status).toBe(503)
  expect(JSON.parse(text)).toEqual({ status: 'draining' })
})

test('not ready, within about a second, when the database is locked up or gone', async () => {
  const busy = database.single()
  // The client's one connection is taken: an answer would come only after this.
  const query = busy`select pg_sleep(3)`.catch(() => {})
  const startedMs = performance.now()
  expect(await asked(busy)).toMatchObject({ status: 503 })
  expect(performance.now() - startedMs).toBeLessThan(2_000)
  await busy.end({ timeout: 0 })
  await query
  const { status, text } = await asked(busy)
  expect(status).toBe(503)
  expect(text).toBe('{"status":"the database does not answer"}')
})
