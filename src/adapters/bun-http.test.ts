import { afterAll, expect, test } from 'bun:test'
import { connect } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from 'playwright-core'
import { limits } from '../protocol/limits.ts'
import { request, signUp, startOnBun } from './testing.ts'

const server = await startOnBun()
const { port } = new URL(server.url)
afterAll(() => server.stop())

/** Speaks HTTP by hand: resolves to all that came back until the server closed, and how long that took. */
const speak = (first: string, drip?: { text: string; everyMs: number }) =>
  new Promise<{ said: string; ms: number }>((resolve) => {
    const startedMs = performance.now()
    let said = ''
    const socket = connect(Number(port), '127.0.0.1', () => void socket.write(first))
    const timer = drip && setInterval(() => socket.write(drip.text), drip.everyMs)
    socket.on('data', (part) => (said += String(part)))
    // A write after the server's end is no surprise here.
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(timer)
      resolve({ said, ms: performance.now() - startedMs })
    })
  })

const drip = { text: 'a', everyMs: 1_000 }

/** Bun cuts after 8 to 12 s: its watch looks every 4 s, and its 10 s for headers are fixed. */
test('security 38: whoever dawdles over headers is cut in about 10 s, dripping or not', async () => {
  const headers = `GET /healthz HTTP/1.1\r\nHost: localhost\r\n`
  const all = await Promise.all([speak(''), speak(headers), speak(`${headers}X-Slow: `, drip)])
  for (const { ms } of all) expect(ms).toBeLessThan(13_000)
}, 20_000)

test('a body of 100 MB is 413 and takes no memory', async () => {
  const before = process.memoryUsage().rss
  const { said } = await speak(
    `POST /api/auth/signin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${100 * 1024 * 1024}\r\n\r\n`,
  )
  expect(said).toStartWith('HTTP/1.1 413')
  const answer = await request(server.url, 'POST', '/api/auth/signin', {
    body: JSON.stringify({ email: 'x'.repeat(limits.bodyBytes) }),
  })
  expect(answer.status).toBe(413)
  expect(answer.body).toMatchObject({ error: { code: 'too_large' } })
  expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1024 * 1024)
})

test('a chunked body over the limit is 413 too', async () => {
  const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
  const { said } = await speak(
    `POST /api/auth/signin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(5)}0\r\n\r\n`,
  )
  expect(said).toStartWith('HTTP/1.1 413')
  expect(said).toContain('too_large')
})

test('healthz and readyz answer without a token', async () => {
  expect(await request(server.url, 'GET', '/healthz')).toMatchObject({ status: 200 })
  expect(await request(server.url, 'GET', '/readyz')).toMatchObject({
    status: 200,
    body: { status: 'ready' },
  })
})

test('security 57: what is not there is 404 as JSON, and a wrong method 405', async () => {
  const missing = await request(server.url, 'GET', '/api/nothing')
  expect(missing).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
  const wrong = await request(server.url, 'PUT', '/api/users/me')
  expect(wrong).toMatchObject({ status: 405, body: { error: { code: 'method_not_allowed' } } })
  expect(wrong.headers.get('allow')).toBe('GET, PATCH')
  expect(await request(server.url, 'POST', '/healthz')).toMatchObject({ status: 405 })
})

test('security 59, 60: .env is 404, and metrics are not public', async () => {
  expect(await request(server.url, 'GET', '/.env')).toMatchObject({ status: 404 })
  expect(await request(server.url, 'GET', '/metrics.json')).toMatchObject({ status: 404 })
})

test('a broken percent-encoding is no failure of the server', async () => {
  const ada = await signUp(server.url, 'Ada')
  for (const path of [
    '/api/rooms/%E0%A4%A',
    '/api/rooms/by-slug/%FF',
    '/%',
    '/api/users?query=%FF',
  ]) {
    expect((await ada.request('GET', path)).status).toBeLessThan(500)
  }
})

test('every route of the API is in its description', async () => {
  const { body } = await request(server.url, 'GET', '/api/openapi.json')
  expect(Object.keys(body['paths'] ?? {})).toEqual(
    expect.arrayContaining([
      '/api/auth/signup',
      '/api/users/me',
      '/api/rooms',
      '/api/rooms/{roomId}',
      '/api/rooms/{roomId}/chats',
      '/api/rooms/{roomId}/chats/{chatId}',
    ]),
  )
})

const executablePath =
  process.env['CHROMIUM'] ??
  Bun.which('chromium') ??
  Bun.which('google-chrome') ??
  '/usr/bin/chromium'

test('the docs page is accessible in light and in dark, and obeys its policy', async () => {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  })
  try {
    const context = await browser.newContext()
    const page = await context.newPage()
    const problems: string[] = []
    page.on('console', (message) => problems.push(`${message.text()} (${message.location().url})`))
    page.on('pageerror', (error) => problems.push(error.message))
    await page.goto(`${server.url}/api/docs`)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    }
    // The icon is the web client's, which need not be built here.
    expect(problems.filter((text) => !text.includes('/icon.svg'))).toEqual([])
  } finally {
    await browser.close()
  }
}, 60_000)
