import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { openFiles } from '../adapters/files.ts'
import { parseConfig } from '../config.ts'
import { testDatabase, type TestDatabase } from '../db/testing.ts'
import { photo, pngOf } from '../files/pictures-scene.ts'
import type { FileDeps } from '../files/ports.ts'
import { seeFile, usedBytes } from '../files/store.ts'
import { sweepFiles } from '../files/sweep.ts'
import { newId } from '../rooms/testing.ts'
import { FetchRefused, type Network } from './guarded-get.ts'
import { keepImage } from './keep-image.ts'
import { previewOf } from './preview-of.ts'

let database: TestDatabase
let files: FileDeps
let directory: string
const stop = new AbortController().signal

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'parley-links-'))
  database = await testDatabase()
  files = await openFiles(parseConfig({ DATA_DIR: directory }))
})
afterAll(async () => {
  await database.drop()
  rmSync(directory, { recursive: true })
})

type Answers = Record<string, { body: Uint8Array<ArrayBuffer> | string; type: string }>

const head = (image: string) => `<title>Page</title><meta property="og:image" content="${image}">`

/** The preview of a page with this picture, from a network that serves `answers` by path. */
async function look(image: string, answers: Answers) {
  const reached: string[] = []
  const reports: unknown[] = []
  const network: Network = {
    resolve: async (host) => [host === 'inside.example' ? '10.0.0.1' : '93.184.216.34'],
    request: async ({ url }) => {
      reached.push(url.pathname)
      if (url.pathname === '/') {
        return new Response(head(image), { headers: { 'content-type': 'text/html' } })
      }
      const answer = answers[url.pathname]
      if (!answer) return new Response(null, { status: 404 })
      return new Response(answer.body, { headers: { 'content-type': answer.type } })
    },
  }
  const deps = { sql: database.sql, files, network, newId }
  const preview = await previewOf(
    {
      network,
      keepImage: (url, until) => keepImage(deps, url, until),
      report: (error) => reports.push(error),
    },
    'https://page.example/',
    stop,
  )
  return { preview, reached, reports }
}

test('the picture of a page is kept small, as WebP, for everyone, and counts for nobody', async () => {
  const body = await photo('jpeg', { width: 1600, height: 800 })
  const { preview } = await look('/a.jpg', { '/a.jpg': { body, type: 'image/jpeg' } })
  expect(preview?.image).toMatchObject({ width: 720, height: 360 })
  const seen = await seeFile(database.sql, newId(), preview?.image?.id ?? '')
  expect(seen.file).toMatchObject({ type: 'image/webp', kind: 'image', width: 720, height: 360 })
  const stored = await files.blobs.read(seen.hash)
  const pixels = sharp(await new Response(stored).bytes())
  expect(await pixels.metadata()).toMatchObject({ format: 'webp', width: 720, height: 360 })
  expect(await usedBytes(database.sql, newId())).toBe(0)

  const again = await look('/b.jpg', { '/b.jpg': { body, type: 'image/jpeg' } })
  expect(again.preview?.image).toEqual(preview?.image)
  await database.sql`update blobs set created_at = now() - interval '2 days'`
  await database.sql`update files set created_at = now() - interval '2 days'`
  await sweepFiles(database.sql, files)
  expect(await files.blobs.read(seen.hash)).not.toBeNull()
})

test('security 46: the picture goes through the same guard', async () => {
  for (const image of [
    'http://127.0.0.1/x.png',
    'http://inside.example/x.png',
    'https://a.b:8443/x',
  ])
    expect((await look(image, {})).reached).toEqual(['/'])
})

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><script>alert(1)</script></svg>'
const bad: [what: string, answer: Answers[string]][] = [
  ['a drawing with a script', { body: svg, type: 'image/svg+xml' }],
  ['a drawing that calls itself a PNG', { body: svg, type: 'image/png' }],
  ['a page that calls itself a JPEG', { body: '<html>', type: 'image/jpeg' }],
  ['nothing', { body: '', type: 'image/png' }],
  ['30,000 × 30,000 pixels', { body: pngOf(30_000, 30_000), type: 'image/png' }],
  ['a counter of one pixel', { body: pngOf(1, 1), type: 'image/png' }],
  ['half a picture', { body: pngOf(200, 200).slice(0, 60), type: 'image/png' }],
  ['more than 2 MB', { body: new Uint8Array(2 * 1024 * 1024 + 1), type: 'image/png' }],
]
for (const [what, answer] of bad) {
  test(`a page whose picture is ${what} is shown without it`, async () => {
    const { preview, reports } = await look('/x', { '/x': answer })
    expect(preview).toEqual({ site: 'page.example', title: 'Page', description: '' })
    expect(reports).toEqual([])
  })
}

test('an error of ours with a picture is told, and the page is shown without it', async () => {
  const network: Network = {
    resolve: async () => ['93.184.216.34'],
    request: async () => new Response(head('/x'), { headers: { 'content-type': 'text/html' } }),
  }
  const told: unknown[] = []
  const lookWith = (error: Error) => {
    const refusing = async () => {
      throw error
    }
    const report = (one: unknown) => void told.push(one)
    const deps = { network, keepImage: refusing, report }
    return previewOf(deps, 'https://page.example/', stop)
  }
  expect((await lookWith(new Error('broken')))?.title).toBe('Page')
  expect((await lookWith(new FetchRefused('no picture')))?.title).toBe('Page')
  expect(told.map(String)).toEqual(['Error: broken'])
})
