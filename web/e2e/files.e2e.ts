import { afterAll, beforeAll, expect, test } from 'bun:test'
import { expectAccessible } from './axe.ts'
import {
  bring,
  choose,
  drawn,
  film,
  nextFrame,
  picture,
  tray,
  uploaded,
  upSpeed,
} from './files-scene.ts'
import { bulk, pdf, png, wav } from './sample-files.ts'
import { composer, openRoom, row, say, seen } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

const maxBytes = 3_000_000
const red = png('red.png', 640, 400, [200, 60, 40])
const tall = png('tall.png', 300, 900, [40, 120, 80])

let world: World
let ada: Person
let bob: Person

beforeAll(async () => {
  world = await openWorld({ LIMIT_FILE_BYTES: String(maxBytes) })
  ada = await world.member('Ada')
  bob = await world.member('Bob')
  await makeRoom(ada, 'studio', [bob])
  await openRoom(ada.page, 'studio')
  await openRoom(bob.page, 'studio')
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

test('pictures and a document are chosen, uploaded and posted; the other sees them in place', async () => {
  await upSpeed(ada.page, 400_000)
  await choose(ada.page, [red, tall, pdf('plan.pdf'), bulk('data.bin', 900_000)])
  await tray(ada.page).getByRole('progressbar', { name: 'Uploading data.bin' }).waitFor()
  await composer(ada.page).fill('The new boards')
  await upSpeed(ada.page, 0)
  await uploaded(ada.page, ['red.png', 'tall.png', 'plan.pdf', 'data.bin'])
  await tray(ada.page).getByRole('button', { name: 'Describe red.png' }).click()
  await ada.page.getByLabel('What it shows').fill('A red board with a dark frame')
  await ada.page.getByRole('button', { name: 'Save description' }).click()
  await tray(ada.page).getByRole('button', { name: 'Change the description of red.png' }).waitFor()
  await expectAccessible(ada.page, 'a tray')
  await composer(ada.page).press('Enter')

  await tray(ada.page).waitFor({ state: 'detached' })
  await seen(bob.page, 'The new boards')
  await expectAccessible(bob.page, 'a room with files')
  expect(await drawn(picture(bob.page, 'A red board with a dark frame'))).toBe(640)
  await drawn(picture(bob.page, 'tall.png'))
  await drawn(picture(ada.page, 'tall.png'))
  const card = bob.page.getByRole('log').getByRole('link', { name: 'Download plan.pdf' })
  const [download] = await Promise.all([bob.page.waitForEvent('download'), card.click()])
  expect(download.suggestedFilename()).toBe('plan.pdf')
})

test('the words of a picture reach the other: in the row that is read out, and on the picture', async () => {
  const said = row(bob.page, 'The new boards')
  expect(await said.getAttribute('aria-label')).toContain('A red board with a dark frame')
  await said.getByAltText('A red board with a dark frame').waitFor()
})

test('room is reserved: nothing moves when a picture comes late', async () => {
  const { promise: mayCome, resolve: come } = Promise.withResolvers<void>()
  await bob.page.route('**/api/files/*/thumb', async (route) => {
    await mayCome
    await route.continue()
  })
  await choose(ada.page, [png('late.png', 500, 300, [60, 60, 200])])
  await uploaded(ada.page, ['late.png'])
  await say(ada.page, 'This one is slow')
  const late = picture(bob.page, 'late.png')
  await late.waitFor()
  const before = await late.boundingBox()
  come()
  await drawn(late)
  expect(await late.boundingBox()).toEqual(before)
  expect(before).toMatchObject({ width: 400, height: 240 })
  await bob.page.unroute('**/api/files/*/thumb')
})

test('a picture is shown large: by keys to the next, nearer, and back to where it was opened', async () => {
  const { page } = bob
  const first = picture(page, 'A red board with a dark frame')
  await first.focus()
  await page.keyboard.press('Enter')
  const viewer = page.getByRole('dialog', { name: 'Pictures' })
  await viewer.getByText('1 of 2').waitFor()
  await expectAccessible(page, 'the large view')
  await page.keyboard.press('ArrowRight')
  await viewer.getByText('2 of 2').waitFor()
  await viewer.getByAltText('tall.png').waitFor()
  const width = async () => (await viewer.getByAltText('tall.png').boundingBox())?.width ?? 0
  const fits = await width()
  await page.keyboard.press('+')
  await nextFrame(page)
  expect(await width()).toBeGreaterThan(fits * 1.4)
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true)
  await page.keyboard.press('Escape')
  await viewer.waitFor({ state: 'detached' })
  expect(await first.evaluate((element) => element === document.activeElement)).toBe(true)
})

test('one that is too large is told before a byte of it is sent', async () => {
  const posts: string[] = []
  ada.page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/files')) posts.push(request.url())
  })
  await choose(ada.page, [bulk('huge.bin', maxBytes + 1)])
  await tray(ada.page).getByText('is too large: at most 2.9 MB').waitFor()
  expect(
    await tray(ada.page)
      .getByRole('button', { name: /^Try again/ })
      .count(),
  ).toBe(0)
  expect(posts).toEqual([])
  await tray(ada.page).getByRole('button', { name: 'Remove huge.bin' }).click()
  await tray(ada.page).waitFor({ state: 'detached' })
})

test('an upload is cancelled under way, and one that failed is tried again', async () => {
  const { page } = ada
  await upSpeed(page, 50_000)
  await choose(page, [bulk('slow.bin', 800_000)])
  await tray(page).getByRole('progressbar', { name: 'Uploading slow.bin' }).waitFor()
  await tray(page).getByRole('button', { name: 'Cancel the upload of slow.bin' }).click()
  await tray(page).waitFor({ state: 'detached' })
  await upSpeed(page, 0)

  ada.problems.expect(/Failed to load resource: net::ERR_FAILED/)
  await page.route('**/api/rooms/*/files?*', (route) => route.abort())
  await choose(page, [pdf('again.pdf')])
  await tray(page).getByRole('alert').waitFor()
  await page.unroute('**/api/rooms/*/files?*')
  await tray(page).getByRole('button', { name: 'Try again: again.pdf' }).click()
  await uploaded(page, ['again.pdf'])
  await tray(page).getByRole('button', { name: 'Remove again.pdf' }).click()
})

test('a pasted picture and a dropped file go along, and files alone make a message', async () => {
  const { page } = ada
  await bring(composer(page), ['paste'], png('pasted.png', 200, 200, [120, 40, 160]))
  await uploaded(page, ['pasted.png'])
  const pane = page.getByRole('log')
  await bring(pane, ['dragenter', 'dragover'], wav('tone.wav'))
  await page.getByText('Drop to attach').waitFor()
  await page.getByText('Up to 2.9 MB each, 10 files in one message.').waitFor()
  await bring(pane, ['drop'], wav('tone.wav'))
  await page.getByText('Drop to attach').waitFor({ state: 'detached' })
  await uploaded(page, ['pasted.png', 'tone.wav'])
  await page.getByRole('button', { name: 'Send', exact: true }).click()

  await drawn(picture(bob.page, 'pasted.png'))
  const sound = bob.page.getByLabel('Sound tone.wav')
  await sound.waitFor()
  await bob.page.waitForFunction(
    () => (document.querySelector('audio')?.duration ?? 0) > 0.9,
    undefined,
  )
})

test('a film plays where it stands, and nothing stands over the edge of a narrow page', async () => {
  await choose(ada.page, [await film(ada.page, 'square.webm')])
  await uploaded(ada.page, ['square.webm'])
  await say(ada.page, 'Look at it move')
  const { page } = bob
  const video = row(page, 'Look at it move').getByLabel('Video square.webm')
  await video.evaluate((element) => (element as HTMLVideoElement).play())
  expect(await video.evaluate((element) => (element as HTMLVideoElement).videoWidth)).toBe(320)
  await page.setViewportSize({ width: 320, height: 700 })
  await nextFrame(page)
  const over = () => page.getByRole('log').evaluate((log) => log.scrollWidth - log.clientWidth)
  expect(await over()).toBe(0)
  await picture(page, 'pasted.png').scrollIntoViewIfNeeded()
  expect(await over()).toBe(0)
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('a picture on its way is the very element that lands, and is seen all along', async () => {
  const { page } = ada
  await choose(page, [png('swift.png', 320, 240, [230, 180, 40])])
  await uploaded(page, ['swift.png'])
  world.server.pause()
  await composer(page).fill('While nothing answers')
  await composer(page).press('Enter')
  const swift = picture(page, 'swift.png')
  await swift.locator('.picture-local').waitFor()
  await swift.evaluate((element) => element.setAttribute('data-mark', 'the same'))
  const before = await swift.boundingBox()
  world.server.goOn()
  await drawn(swift)
  await swift.locator('.picture-local').waitFor({ state: 'detached' })
  expect(await swift.getAttribute('data-mark')).toBe('the same')
  expect(await swift.boundingBox()).toMatchObject({
    width: before?.width ?? 0,
    height: before?.height ?? 0,
  })
})

test('a thread has a tray of its own, and the list of files leads into it', async () => {
  const { page } = ada
  await row(page, 'While nothing answers').focus()
  await page.keyboard.press('t')
  const thread = page.locator('.room-panel')
  await thread.locator('.composer input[type=file]').setInputFiles([pdf('in-thread.pdf')])
  await thread.getByRole('button', { name: 'Remove in-thread.pdf' }).waitFor()
  expect(await page.locator('.room').getByRole('list', { name: 'Files to send' }).count()).toBe(0)
  await thread.getByRole('button', { name: 'Send', exact: true }).click()
  await thread.getByRole('link', { name: 'Download in-thread.pdf' }).waitFor()

  await bob.page.reload()
  await bob.page.getByRole('button', { name: 'Files of this room' }).click()
  await bob.page.getByRole('link', { name: /Go to the message with in-thread.pdf$/ }).click()
  await bob.page.waitForURL(/thread=/)
  await thread.waitFor()
  await bob.page
    .locator('.room-panel')
    .getByRole('link', { name: 'Download in-thread.pdf' })
    .waitFor()
  for (const person of [ada, bob]) await openRoom(person.page, 'studio')
})

test('a tray outlives a reload, and what was posted is there after one and after a crash', async () => {
  await choose(ada.page, [pdf('kept.pdf')])
  await uploaded(ada.page, ['kept.pdf'])
  await ada.page.reload()
  await uploaded(ada.page, ['kept.pdf'])
  await composer(ada.page).fill('Kept over a reload')
  await composer(ada.page).press('Enter')
  await seen(bob.page, 'Kept over a reload')
  await bob.page.getByRole('log').getByRole('link', { name: 'Download kept.pdf' }).waitFor()

  for (const person of [ada, bob])
    person.problems.expect(/ERR_CONNECTION_REFUSED|WebSocket|502|503/)
  await world.server.kill()
  await world.server.start()
  await bob.page.reload()
  await drawn(picture(bob.page, 'pasted.png'))
  await bob.page.getByRole('log').getByRole('link', { name: 'Download kept.pdf' }).waitFor()
})

test('a picture that could not be loaded is there once the line is back', async () => {
  const { page, context } = bob
  bob.problems.expect(/ERR_FAILED|ERR_INTERNET_DISCONNECTED|WebSocket/)
  await page.route('**/api/files/*/thumb', (route) => route.abort())
  await page.reload()
  const swift = picture(page, 'swift.png')
  await swift.getByText('This picture can’t be shown.').waitFor()
  await page.unroute('**/api/files/*/thumb')
  await context.setOffline(true)
  await page
    .getByText(/offline/i)
    .first()
    .waitFor()
  await context.setOffline(false)
  await drawn(swift)
})

test('the files of a room are listed, lead to their messages, and go with them', async () => {
  const { page } = bob
  await page.getByRole('button', { name: 'Files of this room' }).click()
  const panel = page.getByRole('complementary', { name: 'Files' })
  await panel.getByRole('link', { name: /Go to the message with kept.pdf$/ }).waitFor()
  await drawn(panel.getByRole('button', { name: 'pasted.png' }))
  await expectAccessible(page, 'the files of a room')
  await panel.getByRole('link', { name: /Go to the message with tall.png$/ }).click()
  await page.waitForURL(/at=\d+/)
  await page.locator('.chat-flash', { hasText: 'The new boards' }).waitFor()

  await choose(ada.page, [pdf('news.pdf')])
  await uploaded(ada.page, ['news.pdf'])
  await say(ada.page, 'A last one')
  await panel.getByRole('link', { name: /Go to the message with news.pdf$/ }).waitFor()
  await row(ada.page, 'A last one').focus()
  await ada.page.keyboard.press('Delete')
  await ada.page.getByRole('button', { name: 'Delete for everyone' }).click()
  await panel
    .getByRole('link', { name: /Go to the message with news.pdf$/ })
    .waitFor({ state: 'detached' })
  expect(await bob.page.getByRole('link', { name: 'Download news.pdf' }).count()).toBe(0)
})
