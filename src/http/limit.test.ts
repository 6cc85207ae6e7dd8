import { expect, test } from 'bun:test'
import { Hono } from 'hono'
import type { AppEnv } from './context.ts'
import { createLimiter, limitRequests } from './limit.ts'
import { createSharedCounts } from '../realtime/shared-counts.ts'
import { ask, configOf, tokens } from './testing.ts'

const named = () => ({ name: 'tries', counts: createSharedCounts() })

test('a window starts with the first and ends by itself', () => {
  let now = 0
  const limiter = createLimiter({ ...named(), limit: 2, windowMs: 1_000, clock: () => now })
  expect(limiter.take('ann').ok).toBe(true)
  now = 400
  expect(limiter.take('ann').ok).toBe(true)
  expect(limiter.take('ann')).toEqual({ ok: false, retryAfterMs: 600 })
  expect(limiter.take('bob').ok).toBe(true)
  now = 1_000
  expect(limiter.take('ann').ok).toBe(true)
})

test('Infinity is no limit', () => {
  const limiter = createLimiter({ ...named(), limit: Infinity, windowMs: 1_000, clock: () => 0 })
  for (let n = 0; n < 100; n++) expect(limiter.take('ann').ok).toBe(true)
})

test('whether a key is spent can be asked without counting', () => {
  const limiter = createLimiter({ ...named(), limit: 1, windowMs: 1_000, clock: () => 0 })
  expect(limiter.isSpent('ann').ok).toBe(true)
  expect(limiter.take('ann').ok).toBe(true)
  expect(limiter.isSpent('ann')).toEqual({ ok: false, retryAfterMs: 1_000 })
  limiter.forget('ann')
  expect(limiter.isSpent('ann').ok).toBe(true)
})

test('what other nodes used of a limit counts, and what they forgave is forgiven', () => {
  const options = { name: 'tries', limit: 2, windowMs: 1_000, clock: () => 0 }
  const [here, there] = [createSharedCounts(), createSharedCounts()]
  const limiter = createLimiter({ ...options, counts: here })
  const far = createLimiter({ ...options, counts: there })
  const tell = () => {
    for (const { limit, keys } of there.take()) here.heard(limit, keys)
  }
  far.take('ann')
  far.take('ann')
  expect(limiter.isSpent('ann').ok).toBe(true)
  tell()
  expect(limiter.take('ann')).toEqual({ ok: false, retryAfterMs: 1_000 })
  far.forget('ann')
  tell()
  expect(limiter.take('ann').ok).toBe(true)
})

test('a million keys are not all remembered, and the newest are', () => {
  const limiter = createLimiter({ ...named(), limit: 1, windowMs: 1_000, clock: () => 0 })
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < 1_000_000; n++) limiter.take(`address ${n}`)
  Bun.gc(true)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(40 * 1024 * 1024)
  expect(limiter.take('address 999999').ok).toBe(false)
})

const app = (limit: string) => {
  const config = configOf({ LIMIT_REQUESTS_PER_MINUTE: limit })
  return new Hono<AppEnv>()
    .use(limitRequests({ config, steadyClock: () => 0, tokens, counts: createSharedCounts() }))
    .get('/', (c) => c.text(c.get('asker') ? 'signed in' : 'anonymous'))
}

test('security 36: past the limit the answer is 429 and says when to come back', async () => {
  const limited = app('2')
  await ask(limited, '/')
  await ask(limited, '/')
  const { status, error, headers } = await ask(limited, '/')
  expect(status).toBe(429)
  expect(error.code).toBe('rate_limited')
  expect(headers.get('retry-after')).toBe('60')
  expect(await ask(limited, '/', {}, '192.0.2.77')).toMatchObject({ status: 200 })
})

test('who is signed in counts for themselves, not for the address of their office', async () => {
  const limited = app('1')
  const signedIn = { headers: { authorization: 'Bearer good' } }
  expect(await ask(limited, '/')).toMatchObject({ status: 200 })
  expect(await ask(limited, '/', signedIn)).toMatchObject({ status: 200, text: 'signed in' })
  expect(await ask(limited, '/', signedIn, '192.0.2.77')).toMatchObject({ status: 429 })
})

test('a token that is no good counts for the address', async () => {
  const limited = app('1')
  const wrong = { headers: { authorization: 'Bearer wrong' } }
  expect(await ask(limited, '/', wrong)).toMatchObject({ status: 200, text: 'anonymous' })
  expect(await ask(limited, '/', { headers: { authorization: 'Bearer wrong2' } })).toMatchObject({
    status: 429,
  })
})
