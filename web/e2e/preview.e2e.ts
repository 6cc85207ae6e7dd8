import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { expectAccessible } from './axe.ts'
import { openRoom, orderOf, roomLink, row, rows, say, seen, waiting } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

let world: World
let ada: Person
let bob: Person

beforeAll(async () => {
  world = await openWorld({ LIMIT_QUEUE_CHATS: '2' })
  ada = await world.member('Ada')
  bob = await world.member('Bob')
})
afterEach(() => world.server.databaseGoesOn())
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

const slow = 'Waiting for the server to store this…'

test('PV1, PV2: with the database stalled both see the chat as being sent, then stored, once, in order', async () => {
  await makeRoom(ada, 'harbour', [bob])
  await openRoom(ada.page, 'harbour')
  await openRoom(bob.page, 'harbour')
  await say(ada.page, 'before the fog')
  await seen(bob.page, 'before the fog')

  world.server.stallDatabase()
  await say(ada.page, 'fog one')
  await waiting(bob.page, 'fog one').waitFor()
  await say(bob.page, 'fog two')
  await waiting(ada.page, 'fog two').waitFor()
  await waiting(ada.page, 'fog one').waitFor()
  // The line is up, so it says what it waits for; only of the one that is on its way.
  await row(ada.page, 'fog one').getByText(slow).waitFor()
  await say(ada.page, 'fog three')
  await waiting(ada.page, 'fog three').waitFor()
  expect(await row(ada.page, 'fog three').getByText(slow).count()).toBe(0)
  // Nothing can be done yet with what is not stored, and nothing of it is unread or told.
  await row(ada.page, 'fog two').hover()
  expect(await row(ada.page, 'fog two').getByRole('button').count()).toBe(0)
  const spoken = ada.page.locator('.timeline [aria-live=polite]')
  expect(await spoken.textContent()).not.toContain('fog two')
  expect(await orderOf(bob.page, ['fog one', 'fog two', 'fog three'])).toEqual([
    'fog one',
    'fog two',
  ])

  world.server.databaseGoesOn()
  await spoken.and(ada.page.getByText('Bob: fog two')).waitFor({ state: 'attached' })
  const texts = ['before the fog', 'fog one', 'fog two', 'fog three']
  for (const { page } of [ada, bob]) {
    for (const text of texts) await seen(page, text)
    expect(await orderOf(page, texts)).toEqual(texts)
    await page.reload()
    for (const text of texts) await seen(page, text)
    expect(await orderOf(page, texts)).toEqual(texts)
  }
})

const isAtEnd = (page: Page) =>
  page.waitForFunction(() => {
    const log = document.querySelector('[role=log]')
    return log !== null && log.scrollHeight - log.scrollTop - log.clientHeight < 2
  })
const placeOf = (page: Page): Promise<number> =>
  page.getByRole('log').evaluate((log) => log.scrollTop)

test('a preview, from another tab too, becomes the chat in the same row, and nobody’s view is moved', async () => {
  const room = await makeRoom(ada, 'reef', [bob])
  for (let nth = 1; nth <= 30; nth += 1)
    await ada.call('POST', `/api/rooms/${room.id}/chats`, { message: `Wave number ${nth}.` })
  await openRoom(bob.page, 'reef')
  await openRoom(ada.page, 'reef')
  const tab = await ada.newTab('/r/reef')
  for (const page of [bob.page, ada.page, tab]) await seen(page, 'Wave number 30.')
  // Bob reads from where he was, Ada follows the end in both of her tabs.
  const place = await placeOf(bob.page)

  world.server.stallDatabase()
  await say(ada.page, 'swell one')
  await waiting(tab, 'swell one').waitFor()
  await say(tab, 'swell two')
  for (const page of [bob.page, ada.page, tab]) {
    await waiting(page, 'swell one').waitFor()
    await waiting(page, 'swell two').waitFor()
  }
  for (const page of [ada.page, tab]) {
    await page.bringToFront()
    await page.getByText(slow).waitFor()
    await isAtEnd(page)
  }
  const before = await row(bob.page, 'swell one').elementHandle()
  world.server.databaseGoesOn()
  for (const page of [bob.page, ada.page, tab]) {
    await seen(page, 'swell two')
    expect(await orderOf(page, ['swell one', 'swell two'])).toEqual(['swell one', 'swell two'])
  }
  for (const page of [ada.page, tab]) {
    await page.bringToFront()
    await isAtEnd(page)
  }
  expect(await placeOf(bob.page)).toBe(place)
  const isSame = await row(bob.page, 'swell one').evaluate((now, held) => now === held, before)
  expect(isSame).toBe(true)
  await tab.close()
})

test('WQ6: a chat that the full queue refuses says that it will be sent again, and is', async () => {
  for (const name of ['cliff', 'dune', 'islet']) await makeRoom(ada, name, [bob])
  await openRoom(ada.page, 'islet')
  await openRoom(bob.page, 'cliff')
  await row(bob.page, 'Bob joined').waitFor()
  await roomLink(bob.page, 'dune').click()
  await bob.page.getByRole('heading', { level: 1, name: 'dune' }).waitFor()
  await row(bob.page, 'Bob joined').waitFor()

  world.server.stallDatabase()
  await say(bob.page, 'the queue begins')
  await waiting(bob.page, 'the queue begins').waitFor()
  await roomLink(bob.page, 'cliff').click()
  await bob.page.getByRole('heading', { level: 1, name: 'cliff' }).waitFor()
  await say(bob.page, 'the queue ends')
  await waiting(bob.page, 'the queue ends').waitFor()
  await say(ada.page, 'past the end')
  await row(ada.page, 'past the end').getByText('This will be sent again by itself.').waitFor()
  world.server.databaseGoesOn()
  await seen(bob.page, 'the queue ends')
  await seen(ada.page, 'past the end')
  expect(await ada.page.getByText('This will be sent again').count()).toBe(0)
})

test('what waits is not unread elsewhere until it is stored', async () => {
  await makeRoom(ada, 'mole', [bob])
  await makeRoom(ada, 'shore', [bob])
  await openRoom(ada.page, 'mole')
  await openRoom(bob.page, 'mole')
  await row(bob.page, 'Bob joined').waitFor()
  await roomLink(bob.page, 'shore').click()
  await bob.page.getByRole('heading', { level: 1, name: 'shore' }).waitFor()
  world.server.stallDatabase()
  await say(ada.page, 'a ship, @bob')
  await waiting(ada.page, 'a ship').waitFor()
  await roomLink(bob.page, 'mole').click()
  await waiting(bob.page, 'a ship').waitFor()
  await roomLink(bob.page, 'shore').click()
  expect(await roomLink(bob.page, /mole.*unread/).count()).toBe(0)
  world.server.databaseGoesOn()
  await roomLink(bob.page, /mole.*unread.*1 for you/).waitFor()
})

test('a room in which some wait is accessible', async () => {
  await makeRoom(ada, 'pier', [bob])
  await openRoom(ada.page, 'pier')
  await openRoom(bob.page, 'pier')
  await say(ada.page, 'Calm so far')
  await seen(bob.page, 'Calm so far')
  world.server.stallDatabase()
  await say(ada.page, 'A **bold** claim, `code`, @bob, #pier and https://example.org')
  await say(bob.page, 'Mine is on its way as well')
  for (const { page } of [ada, bob]) {
    await row(page, 'bold').locator('.chat-clock').waitFor()
    await row(page, 'Mine').locator('.chat-clock').waitFor()
  }
  await row(ada.page, 'bold').getByText(slow).waitFor()
  await rows(ada.page)
    .and(ada.page.getByLabel(/bold.*Sending…$/))
    .waitFor()
  await expectAccessible(ada.page, 'waiting: mine and another’s')
  await expectAccessible(bob.page, 'waiting: another’s and mine')
  world.server.databaseGoesOn()
  await seen(ada.page, 'Mine')
})
