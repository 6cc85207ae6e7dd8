import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guardedGet, type Network } from '../links/guarded-get.ts'
import { bunNetwork } from './bun-network.ts'

const page = { types: ['text/html'], maxBytes: 10_000, whenLarger: 'cut' } as const
const never = new AbortController().signal
const headers = { 'user-agent': 'test', accept: 'text/html', 'accept-encoding': 'identity' }

let server: Bun.Server<undefined>
/** What each request said: its place and its headers. Bun lets go of a request once it is answered. */
let requests: { place: string; headers: Record<string, string> }[] = []

beforeAll(() => {
  server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) => {
      const { pathname, search } = new URL(request.url)
      requests.push({ place: pathname + search, headers: Object.fromEntries(request.headers) })
      if (pathname === '/away') return Response.redirect('http://127.0.0.1/', 302)
      if (pathname === '/packed')
        return new Response(Bun.gzipSync(new Uint8Array(1e6)), {
          headers: { 'content-encoding': 'gzip', 'content-type': 'text/html' },
        })
      return new Response('<title>here</title>', { headers: { 'content-type': 'text/html' } })
    },
  })
})
afterAll(() => server.stop(true))

test('security 47: a request goes to the address given, whatever its name would lead to', async () => {
  requests = []
  const url = new URL(`http://no-such-name.invalid:${server.port}/x?y=1#part`)
  const response = await bunNetwork.request({ url, address: '127.0.0.1', headers, signal: never })
  expect(response.status).toBe(200)
  expect(requests).toMatchObject([
    {
      place: '/x?y=1',
      headers: { host: `no-such-name.invalid:${server.port}`, 'user-agent': 'test' },
    },
  ])
  expect(Object.keys(requests[0]?.headers ?? {})).not.toContain('cookie')
})

test('security 47: it follows no redirect and unpacks nothing by itself', async () => {
  const at = (path: string) =>
    bunNetwork.request({
      url: new URL(path, server.url),
      address: '127.0.0.1',
      headers,
      signal: never,
    })
  const away = await at('/away')
  expect([away.status, away.headers.get('location')]).toEqual([302, 'http://127.0.0.1/'])
  const packed = await at('/packed')
  expect((await packed.bytes()).length).toBeLessThan(10_000)
  expect(packed.headers.get('content-encoding')).toBe('gzip')
})

test('security 46: the real resolver’s answer for a name of this machine is refused', async () => {
  requests = []
  await expect(guardedGet(bunNetwork, 'http://localhost/', page)).rejects.toThrow('open internet')
  expect(requests).toEqual([])
})

test('security 47: through the guard with a resolver that changes its mind, the first answer is used', async () => {
  requests = []
  const answers = [['93.184.216.34'], ['127.0.0.1']]
  const reached: string[] = []
  const rebinding: Network = {
    resolve: async () => answers.shift() ?? [],
    request: (target) => {
      reached.push(target.address)
      // The open internet is not here: its address is this machine's for the test alone.
      const url = new URL(target.url)
      url.port = String(server.port)
      return bunNetwork.request({ ...target, url, address: '127.0.0.1' })
    },
  }
  const got = await guardedGet(rebinding, 'http://rebind.example/', page)
  expect(new TextDecoder().decode(got.bytes)).toBe('<title>here</title>')
  expect([reached, answers]).toEqual([['93.184.216.34'], [['127.0.0.1']]])
})

test('over TLS the certificate has to be of the name, though the address is connected to', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'parley-tls-'))
  const made = Bun.spawnSync([
    ...'openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=page.test -addext'.split(' '),
    ...`subjectAltName=DNS:page.test -keyout ${dir}/key -out ${dir}/cert`.split(' '),
  ])
  expect(made.exitCode).toBe(0)
  const cert = readFileSync(`${dir}/cert`, 'utf8')
  const secure = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    tls: { key: readFileSync(`${dir}/key`, 'utf8'), cert },
    fetch: () => new Response('secret'),
  })
  const ask = (name: string) =>
    bunNetwork.request({
      url: new URL(`https://${name}:${secure.port}/`),
      address: '127.0.0.1',
      headers,
      signal: never,
    })
  try {
    // No authority of this machine knows it: whoever answers at the address must prove the name.
    await expect(ask('page.test')).rejects.toThrow(/self.signed/)
    const script = `
      import { bunNetwork } from ${JSON.stringify(join(import.meta.dir, 'bun-network.ts'))}
      for (const name of ['page.test', 'other.test']) {
        const url = new URL('https://' + name + ':${secure.port}/')
        const target = { url, address: '127.0.0.1', headers: {}, signal: new AbortController().signal }
        console.log(await bunNetwork.request(target).then((answer) => answer.text(), (error) => error.code))
      }`
    const child = Bun.spawn([process.execPath, '-e', script], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: `${dir}/cert` },
      stdout: 'pipe',
    })
    const told = await new Response(child.stdout).text()
    expect(told.trim().split('\n')).toEqual(['secret', 'ERR_TLS_CERT_ALTNAME_INVALID'])
  } finally {
    await secure.stop(true)
    rmSync(dir, { recursive: true })
  }
})
