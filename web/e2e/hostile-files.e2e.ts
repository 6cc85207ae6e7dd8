import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { chromium, type Browser, type Page } from 'playwright-core'
import { startOnBun } from '../../src/adapters/testing.ts'
import { WireScene } from '../../src/adapters/wire-scene.ts'
import { photo } from '../../src/files/pictures-scene.ts'
import { upload, type Upload } from '../../src/files/upload-scene.ts'

setDefaultTimeout(60_000)

const executablePath =
  process.env['CHROMIUM'] ??
  Bun.which('chromium') ??
  Bun.which('google-chrome') ??
  '/usr/bin/chromium'

const scene = new WireScene()
let url: string
let roomId: string
let browser: Browser
let page: Page

beforeAll(async () => {
  await scene.set(await startOnBun())
  url = scene.server.url
  roomId = await scene.makeRoom()
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  })
  const context = await browser.newContext({ acceptDownloads: true })
  page = await context.newPage()
  // Any page of ours; then signed in as its people are, by cookies.
  await page.goto(`${url}/api/docs`)
  const account = { email: scene.ada.me.email, password: 'correct horse battery' }
  const status = await page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    return (await fetch('/api/auth/signin', init)).status
  }, account)
  expect(status).toBe(200)
})
afterAll(async () => {
  await browser.close()
  await scene.server.stop()
})

/** How wide a picture of ours is in a page of ours; 0 when it is none. */
const shownWidth = async (path: string): Promise<number> => {
  await page.goto(`${url}/api/docs`)
  return page.evaluate(async (src) => {
    const image = Object.assign(new Image(), { src })
    // What can't be decoded is what is looked for.
    await image.decode().catch(() => {})
    return image.naturalWidth
  }, path)
}

const put = (what: Upload) => upload(url, scene.ada, roomId, what)

test('a picture is shown by an <img> with nothing but the cookie, turned upright', async () => {
  for (const orientation of [1, 6]) {
    const { id } = await put({ name: 'p.jpg', bytes: await photo('jpeg', { orientation }) })
    const width = orientation === 1 ? 60 : 40
    expect(await shownWidth(`/api/files/${id}`)).toBe(width)
    expect(await shownWidth(`/api/files/${id}/thumb`)).toBe(width)
  }
})

test('security 51: an SVG, a page and a script run nowhere: opened they are saved, embedded they are nothing', async () => {
  const code = `document.title = 'ran'`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>${code}</script></svg>`
  for (const [name, bytes] of [
    ['a.svg', svg],
    ['a.html', `<!doctype html><script>${code}</script>`],
    ['a.txt', `<script>${code}</script>`],
    ['a.js', code],
  ] as const) {
    const { id } = await put({ name, bytes })
    expect(await shownWidth(`/api/files/${id}`)).toBe(0)
    const saved = page.waitForEvent('download')
    // Chromium leaves a navigation that becomes a download.
    await page.goto(`${url}/api/files/${id}`).catch(() => {})
    expect((await saved).suggestedFilename()).toBe(name)
    expect(await page.title()).not.toBe('ran')
  }
})

test('security 51: a picture opened by itself is shown, in a page that may do nothing', async () => {
  const { id } = await put({ name: 'p.png', bytes: await photo('png') })
  const answer = await page.goto(`${url}/api/files/${id}`)
  expect(answer?.headers()['content-security-policy']).toBe("sandbox; default-src 'none'")
  expect(await page.evaluate(() => document.images[0]?.naturalWidth)).toBe(60)
})
