import { expect, test } from 'bun:test'
import { guardedGet, type Network, type NetworkTarget } from './guarded-get.ts'

const html = (body = '<title>ok</title>', headers: Record<string, string> = {}) =>
  new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8', ...headers } })
const redirect = (location: string, status = 302) =>
  new Response(null, { status, headers: { location } })

/** A network that answers from tables, and remembers what it was asked. */
function fakeNetwork(
  names: Record<string, string[] | string[][]>,
  answer: (target: NetworkTarget) => Response | Promise<Response> = () => html(),
) {
  const asked: string[] = []
  const reached: NetworkTarget[] = []
  const network: Network = {
    resolve: async (host) => {
      asked.push(host)
      const known = names[host]
      if (!known) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
      const answers = known.map((one) => [one].flat())
      // One list of lists: what the name says the first time, the second, …
      if (Array.isArray(known[0]))
        return (
          answers[Math.min(asked.filter((name) => name === host).length, answers.length) - 1] ?? []
        )
      return answers.flat()
    },
    request: async (target) => {
      reached.push(target)
      return answer(target)
    },
  }
  return { network, asked, reached }
}

const page = { types: ['text/html'], maxBytes: 1_000, whenLarger: 'cut' } as const
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'got',
    (error: unknown) => String(error),
  )

const inside = `
http://127.0.0.1/ http://127.1/ http://0x7f000001/ http://2130706433/ http://0177.0.0.1/ http://0/
http://[::1]/ http://[::]/ http://[::ffff:10.0.0.1]/ http://[::ffff:7f00:1]/ http://[fd00::1]/ http://[fe80::1]/
http://169.254.169.254/latest/meta-data http://10.0.0.1/ http://192.168.1.1/ http://100.64.0.1/
http://224.0.0.1/ http://0.0.0.0/ http://0.0.0.0:80/ http://255.255.255.255/ http://[64:ff9b::7f00:1]/
http://[2002:7f00:1::]/ http://①②⑦.0.0.1/ https://127.0.0.1/ http://127.0.0.1./
`
for (const url of inside.trim().split(/\s+/)) {
  test(`security 46: for ${url} no connection is made, and no name is asked`, async () => {
    const { network, asked, reached } = fakeNetwork({})
    expect(await refusal(guardedGet(network, url, page))).toContain('not of the open internet')
    expect([asked, reached]).toEqual([[], []])
  })
}

const names: [host: string, addresses: string[]][] = [
  ['localhost', ['127.0.0.1']],
  ['localhost.', ['::1']],
  ['127.0.0.1.nip.io', ['127.0.0.1']],
  ['10-0-0-1.nip.io', ['10.0.0.1']],
  ['metadata.internal', ['169.254.169.254']],
  ['mapped.example', ['::ffff:10.0.0.1']],
  ['half.example', ['93.184.216.34', '10.0.0.1']],
  ['half-v6.example', ['93.184.216.34', 'fd00::1']],
  ['nothing.example', []],
]
for (const [host, addresses] of names) {
  test(`security 46: ${host}, which is ${addresses.join(' and ') || 'nowhere'}, is not reached`, async () => {
    const { network, reached } = fakeNetwork({ [host]: addresses })
    expect(await refusal(guardedGet(network, `http://${host}/`, page))).toContain('open internet')
    expect(reached).toEqual([])
  })
}

test('security 47: a name is asked once, and the address that was vetted is the one connected to', async () => {
  const { network, asked, reached } = fakeNetwork({
    'rebind.example': [['93.184.216.34'], ['127.0.0.1']],
  })
  await guardedGet(network, 'https://rebind.example/', page)
  expect(asked).toEqual(['rebind.example'])
  expect(reached.map(({ address }) => address)).toEqual(['93.184.216.34'])
})

test('security 47: a redirect to the same name is vetted again, and refused once it is inside', async () => {
  const { network, reached } = fakeNetwork(
    { 'rebind.example': [['93.184.216.34'], ['127.0.0.1']] },
    () => redirect('/again'),
  )
  expect(await refusal(guardedGet(network, 'http://rebind.example/', page))).toContain(
    'open internet',
  )
  expect(reached.map(({ address }) => address)).toEqual(['93.184.216.34'])
})

const leads = [
  'http://127.0.0.1/',
  'http://[::1]/',
  'http://169.254.169.254/latest',
  'http://inside.example/',
  'file:///etc/passwd',
  'ftp://open.example/',
  'gopher://open.example/',
  'http://open.example:6379/',
  'http://user:secret@open.example/',
  'http://',
]
for (const location of leads) {
  test(`security 47: a redirect to ${location} is not followed`, async () => {
    const { network, reached } = fakeNetwork(
      { 'open.example': ['93.184.216.34'], 'inside.example': ['10.1.1.1'] },
      () => redirect(location),
    )
    expect(await refusal(guardedGet(network, 'http://open.example/', page))).toStartWith(
      'FetchRefused',
    )
    expect(reached).toHaveLength(1)
  })
}

test('security 47: three redirects are followed, a fourth is not', async () => {
  const endless = fakeNetwork({ 'a.example': ['93.184.216.34'] }, () => redirect('/x', 308))
  expect(await refusal(guardedGet(endless.network, 'http://a.example/', page))).toContain(
    'redirects',
  )
  expect(endless.reached).toHaveLength(4)
  let left = 3
  const three = fakeNetwork({ 'a.example': ['93.184.216.34'] }, () => {
    left -= 1
    return left >= 0 ? redirect(`/${left}`, 301) : html()
  })
  expect((await guardedGet(three.network, 'http://a.example/', page)).url.pathname).toBe('/0')
})

for (const port of ['22', '81', '3000', '6379', '8080', '65535']) {
  test(`security 47: port ${port} is not connected to`, async () => {
    const { network, reached, asked } = fakeNetwork({ 'a.example': ['93.184.216.34'] })
    expect(await refusal(guardedGet(network, `http://a.example:${port}/`, page))).toContain('port')
    expect([asked, reached]).toEqual([[], []])
  })
}

test('security 47: no cookie, no credentials and no referrer go along, also after a redirect', async () => {
  let isFirst = true
  const { network, reached } = fakeNetwork(
    { 'a.example': ['93.184.216.34'], 'b.example': ['93.184.216.35'] },
    () => {
      const answer = isFirst ? redirect('http://b.example/') : html()
      if (isFirst) answer.headers.append('set-cookie', 'a=b')
      isFirst = false
      return answer
    },
  )
  await guardedGet(network, 'http://a.example/', page)
  const sent = ['accept', 'accept-encoding', 'accept-language', 'user-agent']
  expect(reached.map(({ headers }) => Object.keys(headers).toSorted())).toEqual([sent, sent])
})

const answers: [what: string, answer: () => Response][] = [
  ['an image', () => html('x', { 'content-type': 'image/png' })],
  ['JSON', () => html('{}', { 'content-type': 'application/json' })],
  ['no type', () => new Response(new Uint8Array([1]))],
  ['a compressed page', () => html('x', { 'content-encoding': 'gzip' })],
  ['not found', () => new Response('x', { status: 404, headers: { 'content-type': 'text/html' } })],
  ['an error', () => new Response('x', { status: 500, headers: { 'content-type': 'text/html' } })],
]
for (const [what, answer] of answers) {
  test(`security 47: ${what} is refused`, async () => {
    const { network } = fakeNetwork({ 'a.example': ['93.184.216.34'] }, answer)
    expect(await refusal(guardedGet(network, 'http://a.example/', page))).toStartWith(
      'FetchRefused',
    )
  })
}

test('security 47: an endless page is cut at the limit and its connection ended; or refused', async () => {
  let isAborted = false
  const endless = () =>
    new Response(
      new ReadableStream<Uint8Array>({ pull: (to) => to.enqueue(new Uint8Array(300).fill(65)) }),
      { headers: { 'content-type': 'text/html' } },
    )
  const { network } = fakeNetwork({ 'a.example': ['93.184.216.34'] }, ({ signal }) => {
    signal.addEventListener('abort', () => (isAborted = true))
    return endless()
  })
  const got = await guardedGet(network, 'http://a.example/', page)
  expect(got.bytes).toHaveLength(1_000)
  expect(isAborted).toBe(true)
  expect(
    await refusal(guardedGet(network, 'http://a.example/', { ...page, whenLarger: 'refuse' })),
  ).toContain('too large')
})

test('a stop ends what is under way: a lookup, a request and a page that says nothing', async () => {
  const never = new Promise<never>(() => {})
  const stuck: Network[] = [
    { resolve: () => never, request: () => never },
    {
      resolve: async () => ['93.184.216.34'],
      request: async () =>
        new Response(new ReadableStream({ pull: () => never }), {
          headers: { 'content-type': 'text/html' },
        }),
    },
  ]
  for (const network of stuck) {
    const stop = new AbortController()
    const work = refusal(guardedGet(network, 'http://a.example/', page, stop.signal))
    stop.abort()
    expect(await work).toContain('too slow')
  }
})
