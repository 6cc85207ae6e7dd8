import { afterAll, beforeAll, expect, test } from 'bun:test'
import { connect } from 'node:net'
import { rows } from './access-suite.ts'
import { request, startOnBun, type Answer, type WireServer } from './adapters/testing.ts'
import { connectDatabase, type OpenDatabase } from './db/connect.ts'
import { addressOf, ask, gather, methodOf, routesOf, setScene, type Scene } from './testing.ts'

let server: WireServer
let database: OpenDatabase
let scene: Scene

beforeAll(async () => {
  const started = await startOnBun()
  server = started
  database = connectDatabase(started.databaseUrl, 1)
  scene = await setScene(await gather(server.url), 'private')
}, 20_000)
afterAll(async () => {
  await database.close()
  await server.stop()
})

const asOwner = (method: string, path: string, body?: unknown): Promise<Answer> =>
  scene.cast.owner.request(method, path, body)

test('security 57: an unknown address of the API is 404 as JSON', async () => {
  for (const path of [
    '/api',
    '/api/',
    '/api/nothing',
    '/api/rooms/x/y/z',
    '/api/auth',
    '/api/.env',
  ]) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await asOwner(method, path)
      expect([path, answer.status, answer.body]).toMatchObject([
        path,
        404,
        { error: { code: 'not_found' } },
      ])
    }
  }
})

test('security 42: what no route answers has the headers of every answer', async () => {
  for (const [method, path] of [
    ['POST', '/'],
    ['DELETE', '/r/general'],
  ] as const) {
    const { status, headers } = await request(server.url, method, path)
    expect([status, headers.get('x-content-type-options')]).toEqual([404, 'nosniff'])
  }
})

test('security 57: a wrong method is 405 everywhere, and says which would do', async () => {
  const methods = new Map<string, string[]>()
  for (const route of routesOf(database)) {
    const [method = '', path = ''] = route.split(' ')
    methods.set(path, [...(methods.get(path) ?? []), method])
  }
  for (const row of rows) {
    const [, path = ''] = row.route.split(' ')
    const wrong = ['PUT', 'POST'].find((method) => !methods.get(path)?.includes(method)) ?? 'PATCH'
    const answer = await asOwner(wrong, addressOf(row, scene))
    expect(answer).toMatchObject({ status: 405, body: { error: { code: 'method_not_allowed' } } })
    // A fixed address such as /users/me fits the pattern beside it too.
    const allowed = answer.headers.get('allow')?.split(', ')
    expect(allowed).toEqual(expect.arrayContaining(methods.get(path) ?? ['none']))
  }
})

test('security 57: a body of another type is 415 wherever a body is read', async () => {
  const taking = rows.filter(({ body }) => body)
  expect(taking.length).toBeGreaterThan(10)
  for (const row of taking) {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const answer = await request(server.url, methodOf(row), addressOf(row, scene), {
        headers: { authorization: `Bearer ${scene.cast.owner.token}`, 'content-type': type },
        body: JSON.stringify(row.body?.(scene)),
      })
      expect([row.route, answer.status]).toEqual([row.route, 415])
    }
  }
})

test.each([
  '/.env',
  '/.env.local',
  '/.git/config',
  '/package.json',
  '/bun.lock',
  '/src/main.ts',
  '/assets/../../package.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/%2e%2e%2fpackage.json',
  '/..%5c..%5cpackage.json',
  '/index.html.br%00.txt',
])('security 59: %s is 404', async (path) => {
  const said = await new Promise<string>((resolve, reject) => {
    let text = ''
    const { hostname, port } = new URL(server.url)
    // By hand, for a client would tidy the path.
    const socket = connect(Number(port), hostname)
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`)
    socket.on('data', (part) => (text += String(part)))
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })
  expect(said).toStartWith('HTTP/1.1 404')
})

test('security 42, 43: a page may do nothing but what its policy names', async () => {
  const { status, headers } = await request(server.url, 'GET', '/api/docs')
  expect(status).toBe(200)
  const policy = headers.get('content-security-policy') ?? ''
  const directives = policy.split('; ')
  for (const directive of [
    "default-src 'none'",
    "script-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ]) {
    expect(directives).toContain(directive)
  }
  const { host } = new URL(server.url)
  expect(directives).toContain(`connect-src 'self' ws://${host} wss://${host}`)
  expect(policy).not.toMatch(/unsafe|\*|https?:/)
})

test('security 56: no answer is shared with another origin, nor allowed beforehand', async () => {
  for (const origin of ['https://evil.tld', 'null', server.url]) {
    for (const [method, path] of [
      ['GET', '/api/users/me'],
      ['GET', '/api/openapi.json'],
      ['OPTIONS', '/api/rooms'],
      ['OPTIONS', '/api/auth/refresh'],
      ['POST', '/api/auth/refresh'],
    ] as const) {
      const { headers } = await request(server.url, method, path, {
        headers: {
          origin,
          authorization: `Bearer ${scene.cast.owner.token}`,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
      })
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  }
})

test('security 14, 56: pages of other origins change nothing', async () => {
  for (const row of rows.filter(({ route }) => !route.startsWith('GET'))) {
    for (const origin of ['https://evil.tld', `${server.url}.evil.tld`, 'null']) {
      const answer = await request(server.url, methodOf(row), addressOf(row, scene), {
        headers: { origin, cookie: scene.cast.owner.cookie },
        body: row.body?.(scene),
      })
      expect([row.route, answer.status]).toEqual([row.route, 403])
    }
  }
})

const fingerprint = async (): Promise<string> => {
  const { sql } = database
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`
  expect(tables.length).toBeGreaterThan(5)
  const marks = []
  for (const { name } of tables) {
    const [row] = await sql`
      select ${name} || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as mark
      from ${sql(name)} t`
    marks.push(String(row?.['mark']))
  }
  return marks.join('\n')
}

test('security 56: no GET or HEAD changes anything', async () => {
  const before = await fingerprint()
  for (const row of rows.filter(({ route }) => route.startsWith('GET'))) {
    await ask(row, scene, 'owner')
    const headers = { authorization: `Bearer ${scene.cast.owner.token}` }
    await fetch(server.url + addressOf(row, scene), { method: 'HEAD', headers })
  }
  expect(await fingerprint()).toBe(before)
  await asOwner('POST', `/api/rooms/${scene.roomId}/chats`, { message: 'a change' })
  expect(await fingerprint()).not.toBe(before)
})

test('security 6: under an https address nothing is answered in clear, and pages say so', async () => {
  const secure = await startOnBun({ PUBLIC_URL: 'https://chat.example.com', TRUST_PROXY: 'true' })
  for (const path of ['/api/users/me', '/api/auth/signin', '/api/docs', '/ws']) {
    const clear = await request(secure.url, 'GET', path)
    expect([path, clear.status, clear.headers.get('location')]).toEqual([path, 403, null])
    expect(clear.body).toMatchObject({ error: { code: 'https_required' } })
  }
  const proxied = { 'x-forwarded-proto': 'https' }
  const page = await request(secure.url, 'GET', '/api/docs', { headers: proxied })
  expect(page.status).toBe(200)
  expect(page.headers.get('strict-transport-security')).toContain('max-age=31536000')
  expect(page.headers.get('content-security-policy')).toContain('wss://chat.example.com')
  // Whoever watches over the process asks it directly.
  expect(await request(secure.url, 'GET', '/healthz')).toMatchObject({ status: 200 })
  await secure.stop()
})

test('security 34: a body of 100 MB, really sent, is cut off and takes no memory', async () => {
  const megabyte = Buffer.alloc(1024 * 1024, ' ')
  const { hostname, port } = new URL(server.url)
  const rssBefore = process.memoryUsage().rss
  const { said, sent } = await new Promise<{ said: string; sent: number }>((resolve) => {
    let text = ''
    let count = 0
    const socket = connect(Number(port), hostname)
    const pour = () => {
      while (count < 100) {
        count += 1
        if (!socket.write(`100000\r\n`) || !socket.write(megabyte) || !socket.write('\r\n')) break
      }
    }
    socket.write(
      `POST /api/auth/signin HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    )
    socket.on('connect', pour)
    socket.on('drain', pour)
    socket.on('data', (part) => {
      text += String(part)
      socket.destroy()
    })
    // The server may hang up while we still write.
    socket.on('error', () => {})
    socket.on('close', () => resolve({ said: text, sent: count }))
  })
  if (said) expect(said).toStartWith('HTTP/1.1 413')
  expect(sent).toBeLessThan(100)
  expect(process.memoryUsage().rss - rssBefore).toBeLessThan(50 * 1024 * 1024)
  expect(await request(server.url, 'GET', '/healthz')).toMatchObject({ status: 200 })
})

test('the list of rooms is compressed for whoever takes that, and is the same', async () => {
  const { token } = scene.cast.owner
  const listed = (accepted: string) =>
    fetch(`${server.url}/api/rooms`, {
      headers: { authorization: `Bearer ${token}`, 'accept-encoding': accepted },
      // Bun's own: what comes is left as it is.
      decompress: false,
    })
  const plain = await listed('identity')
  const packed = await listed('gzip')
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  expect(packed.headers.get('vary')).toContain('Accept-Encoding')
  const text = new TextDecoder().decode(Bun.gunzipSync(await packed.arrayBuffer()))
  expect(text).toBe(await plain.text())
})
