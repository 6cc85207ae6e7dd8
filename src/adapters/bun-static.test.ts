import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import type { AppEnv } from '../http/context.ts'
import { ask } from '../http/testing.ts'
import { openStatic } from './bun-static.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-static-'))
afterAll(() => rmSync(folder, { recursive: true }))

const script = 'export const greeting = "hello"'
await Bun.write(join(folder, 'secret.txt'), 'outside')
await Bun.write(join(folder, 'web/index.html'), '<p>Parley')
await Bun.write(join(folder, 'web/icon.svg'), '<svg/>')
await Bun.write(join(folder, 'web/.assetsignore'), 'outside')
await Bun.write(join(folder, 'web/assets/main-1a2b.js'), script)
await Bun.write(join(folder, 'web/assets/main-1a2b.js.gz'), gzipSync(script))
await Bun.write(join(folder, 'web/assets/main-1a2b.js.br'), brotliCompressSync(script))

const page = await openStatic(join(folder, 'web'))
const app = new Hono<AppEnv>().get('*', (c) => page(c))
const get = (path: string, headers: Record<string, string> = {}) => ask(app, path, { headers })

test('an asset is kept for good, for its name changes with what is in it', async () => {
  const { status, headers, text } = await get('/assets/main-1a2b.js')
  expect(status).toBe(200)
  expect(text).toBe(script)
  expect(headers.get('content-type')).toStartWith('text/javascript')
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
})

test.each([
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['', null],
  ['zebra', null],
])('Accept-Encoding %p is answered with %p', async (accepted, packed) => {
  const { headers } = await get('/assets/main-1a2b.js', { 'accept-encoding': accepted })
  expect(headers.get('content-encoding')).toBe(packed)
  expect(headers.get('vary')).toBe('Accept-Encoding')
})

test('what did not change is not sent again', async () => {
  const { headers } = await get('/icon.svg')
  expect(headers.get('cache-control')).toBe('no-cache')
  const again = await get('/icon.svg', { 'if-none-match': headers.get('etag') ?? '' })
  expect(again).toMatchObject({ status: 304, text: '' })
})

test.each(['/', '/rooms/general', '/index.html'])('%s is the page', async (path) => {
  const { status, headers, text } = await get(path, { accept: 'text/html,*/*;q=0.8' })
  expect(status).toBe(200)
  expect(text).toBe('<p>Parley')
  expect(headers.get('cache-control')).toBe('no-cache')
})

test('who asks for an image does not get the page', async () => {
  expect(await get('/rooms/general', { accept: 'image/png' })).toMatchObject({ status: 404 })
})

test.each([
  '/.env',
  '/.git/config',
  '/.assetsignore',
  '/rooms/.env',
  '/assets/missing.js',
  '/assets/main-1a2b.js.gz',
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  String.raw`/assets/..\..\secret.txt`,
  '//secret.txt',
])('security 59: %s is 404', async (path) => {
  const { status, text } = await get(path)
  expect(status).toBe(404)
  expect(text).not.toContain('outside')
})

test('without a built client every path is 404', async () => {
  const none = await openStatic(join(folder, 'nowhere'))
  expect(
    await ask(
      new Hono<AppEnv>().get('*', (c) => none(c)),
      '/',
    ),
  ).toMatchObject({ status: 404 })
})
