import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { request, startOnBun, WireSocket } from '../adapters/testing.ts'
import { WireScene } from '../adapters/wire-scene.ts'
import { upload } from './upload-scene.ts'

// The first server of a run starts a Postgres.
setDefaultTimeout(30_000)

const scene = new WireScene()
let url: string
let fileId: string

beforeAll(async () => {
  await scene.set(await startOnBun())
  url = scene.server.url
  const roomId = await scene.makeRoom()
  const file = await upload(url, scene.ada, roomId, { bytes: 'for eyes of one' })
  fileId = file.id
})
afterAll(() => scene.server.stop())

/** What a fresh sign-in of Ada gives. */
async function signIn(at = url, email = scene.ada.me.email) {
  const body = { email, password: 'correct horse battery' }
  const answer = await request(at, 'POST', '/api/auth/signin', { body })
  const [refresh = '', whole = ''] = answer.headers.getSetCookie()
  const cookie = whole.split(';')[0] ?? ''
  const token = String(answer.body['accessToken'])
  return { whole, cookie, value: cookie.split('=')[1] ?? '', refresh, token }
}

const get = async (path: string, headers: Record<string, string>) =>
  (await request(url, 'GET', path, { headers })).status

test('sign-in gives a cookie that goes to files alone, unseen by scripts and other sites', async () => {
  const { whole, cookie } = await signIn()
  expect(whole).toMatch(
    /^parley_files=[\w.-]+; Max-Age=600; Path=\/api\/files; HttpOnly; SameSite=Strict$/,
  )
  expect(await get(`/api/files/${fileId}`, { cookie })).toBe(200)
  expect(await get(`/api/files/${fileId}`, {})).toBe(401)
  const secure = await startOnBun({ PUBLIC_URL: 'https://chat.example.com', TRUST_PROXY: 'true' })
  const { headers } = await request(secure.url, 'POST', '/api/auth/signup', {
    body: { email: 'a@example.com', password: 'correct horse battery', name: 'Ada' },
    headers: { 'x-forwarded-proto': 'https', origin: 'https://chat.example.com' },
  })
  expect(headers.getSetCookie()[1]).toMatch(
    /^__Secure-parley_files=.*; Path=\/api\/files; HttpOnly; Secure; SameSite=Strict$/,
  )
  await secure.stop()
})

test('a refresh gives it anew', async () => {
  const { refresh } = await signIn()
  const answer = await request(url, 'POST', '/api/auth/refresh', {
    headers: { cookie: refresh.split(';')[0] ?? '' },
  })
  const cookie = answer.headers.getSetCookie()[1]?.split(';')[0] ?? ''
  expect(await get(`/api/files/${fileId}`, { cookie })).toBe(200)
})

test('security 2, 8: it reads files and opens nothing else, as a cookie or as a token', async () => {
  const { cookie, value, token } = await signIn()
  for (const path of ['/api/users/me', '/api/rooms', '/api/auth/sessions', '/api/files/limits']) {
    expect([path, await get(path, { cookie })]).toEqual([path, path.endsWith('limits') ? 200 : 401])
    expect([path, await get(path, { authorization: `Bearer ${value}` })]).toEqual([path, 401])
  }
  expect(await get(`/api/files/${fileId}`, { authorization: `Bearer ${value}` })).toBe(401)
  for (const method of ['PATCH', 'DELETE']) {
    const options = { headers: { cookie }, ...(method === 'PATCH' && { body: { alt: 'x' } }) }
    const answer = await request(url, method, `/api/files/${fileId}`, options)
    expect([method, answer.status]).toEqual([method, 401])
  }
  // Nor is an access token the cookie's.
  expect(await get(`/api/files/${fileId}`, { cookie: `parley_files=${token}` })).toBe(401)
  expect(await get(`/api/files/${fileId}`, { authorization: `Bearer ${token}` })).toBe(200)
  const socket = new WireSocket(url, { path: `/ws?token=${value}` })
  expect(await socket.closed).toBe(4004)
})

test('security 11: signed out, it is dead, and taken from the browser', async () => {
  const { cookie, refresh } = await signIn()
  expect(await get(`/api/files/${fileId}`, { cookie })).toBe(200)
  const out = await request(url, 'POST', '/api/auth/signout', {
    headers: { cookie: refresh.split(';')[0] ?? '' },
  })
  expect(out.headers.getSetCookie()[1]).toMatch(/^parley_files=; Max-Age=0; Path=\/api\/files/)
  expect(await get(`/api/files/${fileId}`, { cookie })).toBe(401)
})

test('pictures count for who looks at them, not for the address of their office', async () => {
  const busy = await startOnBun({ LIMIT_REQUESTS_PER_MINUTE: '20' })
  const missing = '/api/files/00000000-0000-7000-8000-000000000001'
  const people = []
  for (const email of ['a@example.com', 'b@example.com']) {
    const body = { email, password: 'correct horse battery', name: 'Somebody' }
    await request(busy.url, 'POST', '/api/auth/signup', { body })
    people.push(await signIn(busy.url, email))
  }
  for (const { cookie } of people) {
    const answers = await Promise.all(
      Array.from({ length: 15 }, () => request(busy.url, 'GET', missing, { headers: { cookie } })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(15).fill(404))
  }
  await busy.stop()
})
