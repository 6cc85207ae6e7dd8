import { expect, setDefaultTimeout, test } from 'bun:test'
import { request, signUp, startOnBun } from '../adapters/testing.ts'

// Hashing is slow on purpose, and slower beside other suites.
setDefaultTimeout(30_000)

const rightPassword = 'correct horse battery'

test('security 18: the 11th wrong password waits, but the owner elsewhere gets in', async () => {
  const strict = await startOnBun({ LIMIT_SIGN_INS_PER_ACCOUNT: '10', TRUST_PROXY: 'true' })
  const owner = await signUp(strict.url, 'Owner')
  const signIn = (password: string, from: string) =>
    request(strict.url, 'POST', '/api/auth/signin', {
      body: { email: owner.me.email, password },
      headers: { 'x-forwarded-for': from },
    })
  for (let n = 0; n < 10; n += 1) expect((await signIn('wrong', '192.0.2.1')).status).toBe(401)
  const refused = await signIn(rightPassword, '192.0.2.1')
  expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate_limited' } } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800)
  expect(await signIn(rightPassword, '192.0.2.2')).toMatchObject({ status: 200 })
  await strict.stop()
})

test('security 18: guesses that come all at once are counted before they are looked at', async () => {
  const strict = await startOnBun({ LIMIT_SIGN_INS_PER_ACCOUNT: '3' })
  const owner = await signUp(strict.url, 'Owner')
  const guess = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    Promise.all(
      Array.from({ length: 8 }, async () => {
        const answer = await request(strict.url, 'POST', path, { body, headers })
        return answer.status
      }),
    )
  const counts = (statuses: number[]) =>
    [401, 429].map((at) => statuses.filter((s) => s === at).length)
  const wrong = { email: owner.me.email, password: 'wrong horse battery' }
  expect(counts(await guess('/api/auth/signin', wrong))).toEqual([3, 5])
  // Who stole a token can't try passwords for ever either.
  const change = { currentPassword: 'wrong', newPassword: 'staple battery horse' }
  const bearer = { authorization: `Bearer ${owner.token}` }
  expect(counts(await guess('/api/auth/password', change, bearer))).toEqual([3, 5])
  await strict.stop()
})

test('security 18: the right password forgives the wrong ones before it', async () => {
  const strict = await startOnBun({ LIMIT_SIGN_INS_PER_ACCOUNT: '2' })
  const owner = await signUp(strict.url, 'Owner')
  const statuses: number[] = []
  for (const tried of ['wrong', rightPassword, 'wrong', rightPassword]) {
    const body = { email: owner.me.email, password: tried }
    statuses.push((await request(strict.url, 'POST', '/api/auth/signin', { body })).status)
  }
  expect(statuses).toEqual([401, 200, 401, 200])
  await strict.stop()
})

test('security 19: one address may try so many accounts a minute', async () => {
  const strict = await startOnBun({ LIMIT_SIGN_INS_PER_IP: '5' })
  const answers: number[] = []
  for (let n = 0; n < 6; n += 1) {
    const body = { email: `n${n}@example.com`, password: 'x' }
    answers.push((await request(strict.url, 'POST', '/api/auth/signin', { body })).status)
  }
  expect(answers).toEqual([401, 401, 401, 401, 401, 429])
  await strict.stop()
})

test('sign-ups of one address are limited in the hour', async () => {
  const strict = await startOnBun({ LIMIT_SIGN_UPS_PER_IP: '1' })
  await signUp(strict.url, 'Owner')
  const body = { email: 'second@example.com', password: rightPassword, name: 'Second' }
  const refused = await request(strict.url, 'POST', '/api/auth/signup', { body })
  expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate_limited' } } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000)
  await strict.stop()
})
