import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { root } from '../scripts/commands.ts'
import { startOnWorkerd, type EdgeServer } from './edge-testing.ts'
import { startOnBun, type WireServer } from './testing.ts'

setDefaultTimeout(60_000)

const assets = readdirSync(join(root, 'dist/web/assets'))
const asset = (ending: string): string =>
  `/assets/${assets.find((name) => name.startsWith('index-') && name.endsWith(ending)) ?? ''}`

let edge: EdgeServer
let bun: WireServer

beforeAll(async () => {
  ;[edge, bun] = await Promise.all([startOnWorkerd(), startOnBun()])
})
afterAll(() => Promise.all([edge.stop(), bun.stop()]))

/** Each names what it is about in its own words, or comes from what stands before Parley. */
const own = ['date', 'etag', 'x-request-id', 'cf-cache-status', 'transfer-encoding']

const ask = async (
  { url }: WireServer,
  path: string,
  { method = 'GET', ...headers }: Record<string, string> = {},
) => {
  const answer = await fetch(url + path, { method, headers, decompress: false })
  const { host } = new URL(url)
  const shown = Array.from(answer.headers, ([name, value]): [string, string] => [
    name,
    // One has a space after the semicolon.
    value.replaceAll(host, 'host').replace('; charset', ';charset'),
  ]).filter(([name]) => !own.includes(name))
  return { status: answer.status, headers: Object.fromEntries(shown), answer }
}

const plainly: Record<string, string> = { 'accept-encoding': 'identity' }

const asked: { path: string; asks?: Record<string, string> }[] = [
  { path: '/' },
  { path: '/', asks: { 'if-none-match': '"another"' } },
  { path: '/r/general', asks: { accept: 'text/html,*/*;q=0.8' } },
  { path: '/r/general?panel=members' },
  { path: '/index.html' },
  { path: '/icon.svg' },
  { path: asset('.js') },
  { path: asset('.css') },
  { path: `${asset('.js')}.br` },
  { path: '/assets/missing.js' },
  { path: '/r/general', asks: { accept: 'image/png' } },
  { path: '/.env' },
  { path: '/.assetsignore' },
  { path: '//secret.txt' },
  { path: '/healthz' },
  { path: '/readyz' },
  { path: '/api/openapi.json' },
  { path: '/api/docs' },
  { path: '/api/users/me' },
  { path: '/api/nothing' },
  { path: '/', asks: { method: 'POST' } },
]

test.each(asked)('%j is answered as by Bun', async ({ path, asks }) => {
  const [here, there] = await Promise.all(
    [edge, bun].map((server) => ask(server, path, { ...plainly, ...asks })),
  )
  expect([here?.status, here?.headers]).toEqual([there?.status, there?.headers])
  expect(await here?.answer.text()).toBe(await there?.answer.text())
})

test('a hashed asset is kept for good, and comes packed to who takes it so', async () => {
  const { headers, answer } = await ask(edge, asset('.js'), { 'accept-encoding': 'gzip' })
  expect(headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-encoding': 'gzip',
    vary: 'Accept-Encoding',
  })
  const whole = await Bun.file(join(root, 'dist/web', asset('.js'))).text()
  expect(new TextDecoder().decode(gunzipSync(await answer.bytes()))).toBe(whole)
})

test('what did not change is not sent again', async () => {
  const { answer } = await ask(edge, '/icon.svg')
  const again = await ask(edge, '/icon.svg', { 'if-none-match': answer.headers.get('etag') ?? '' })
  expect(again.status).toBe(304)
  expect(await again.answer.text()).toBe('')
})
