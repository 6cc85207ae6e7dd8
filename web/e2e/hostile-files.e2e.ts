import { afterAll, beforeAll, expect, test } from 'bun:test'
import { photo } from '../../src/files/pictures-scene.ts'
import { openWorld, type Person, type World } from './world.ts'

/** What a browser makes of files that strangers upload, by itself: past the client's own pages. */
let world: World
let ada: Person
let roomId: string

beforeAll(async () => {
  world = await openWorld()
  ada = await world.member('Ada')
  const made = await ada.call<{ room: { id: string } }>('POST', '/api/rooms', {
    name: 'Hostile',
    kind: 'private',
  })
  roomId = made.room.id
})
afterAll(() => world.close())

async function put(name: string, body: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const query = new URLSearchParams({ name }).toString()
  const answer = await fetch(`${world.server.origin}/api/rooms/${roomId}/files?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ada.token}` },
    body,
  })
  expect(answer.status).toBe(201)
  // What the route's schema says.
  const { file } = (await answer.json()) as { file: { id: string } }
  return `/api/files/${file.id}`
}

/** How wide a picture of ours is in a page of ours; 0 when it is none. */
const shownWidth = (path: string): Promise<number> =>
  ada.page.evaluate(async (src) => {
    const image = Object.assign(new Image(), { src })
    // What can't be decoded is what is looked for.
    await image.decode().catch(() => {})
    return image.naturalWidth
  }, path)

test('a picture is shown by an <img> with nothing but the cookie, turned upright', async () => {
  for (const orientation of [1, 6]) {
    const path = await put('p.jpg', await photo('jpeg', { orientation }))
    const width = orientation === 1 ? 60 : 40
    expect([await shownWidth(path), await shownWidth(`${path}/thumb`)]).toEqual([width, width])
  }
})

test('security 51: an SVG, a page and a script are saved when opened, nothing when embedded, and never run', async () => {
  const code = `document.title = 'ran'`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>${code}</script></svg>`
  for (const [name, text] of [
    ['a.svg', svg],
    ['a.html', `<!doctype html><script>${code}</script>`],
    ['a.txt', `<script>${code}</script>`],
    ['a.js', code],
  ] as const) {
    const path = await put(name, text)
    expect(await shownWidth(path)).toBe(0)
    const saved = ada.page.waitForEvent('download')
    // Chromium takes back a navigation that becomes a download, and says so by failing it.
    await ada.page.goto(path).catch(() => {})
    expect((await saved).suggestedFilename()).toBe(name)
    expect(await ada.page.title()).not.toBe('ran')
  }
})

test('security 51: a picture opened by itself is shown, in a page that may do nothing', async () => {
  const tab = await ada.context.newPage()
  const answer = await tab.goto(await put('p.png', await photo('png')))
  expect(answer?.headers()['content-security-policy']).toBe("sandbox; default-src 'none'")
  expect(await tab.evaluate(() => document.images[0]?.naturalWidth)).toBe(60)
  await tab.close()
})
