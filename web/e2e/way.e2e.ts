import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Locator, Page } from 'playwright-core'
import { expectAccessible } from './axe.ts'
import { composer, openRoom, roomLink, row, seen } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

let world: World
let ada: Person
let grace: Person
/** On a phone. */
let pia: Person

beforeAll(async () => {
  world = await openWorld()
  ada = await world.member('Ada')
  grace = await world.member('Grace')
  pia = await world.member('Pia', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

const post = (from: Person, room: { id: string }, message: string) =>
  from.call<{ chat: { id: string; seq: number } }>('POST', `/api/rooms/${room.id}/chats`, {
    message,
  })

const part = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })

/** The rooms of a part of the sidebar, in order. */
const roomsIn = (page: Page, name: string): Promise<string[]> =>
  part(page, name).locator('.sidebar-name').allTextContents()

const inSight = (page: Page, room: string) =>
  page.waitForFunction((name) => {
    const box = Array.from(document.querySelectorAll('[data-room]'))
      .find((one) => one.textContent?.includes(name))
      ?.getBoundingClientRect()
    return box !== undefined && box.top >= 0 && box.bottom <= innerHeight
  }, room)

async function choose(page: Page, room: RegExp, item: string): Promise<void> {
  await roomLink(page, room).click({ button: 'right' })
  await page.getByRole('menuitem', { name: item }).click()
}

test('rooms are made favourites, put into sections and in order, and stand so on another device', async () => {
  for (const name of ['atrium', 'belfry', 'cellar']) await makeRoom(ada, name, [grace])
  const { page } = grace
  await page.goto('/')
  for (const name of [/atrium/, /belfry/, /cellar/]) await choose(page, name, 'Add to favourites')
  expect(await roomsIn(page, 'Favourites')).toEqual(['atrium', 'belfry', 'cellar'])
  await choose(page, /cellar/, 'Move up')
  expect(await roomsIn(page, 'Favourites')).toEqual(['atrium', 'cellar', 'belfry'])

  await choose(page, /belfry/, 'Move to…')
  await page.getByRole('menuitem', { name: 'New section' }).click()
  const dialog = page.getByRole('dialog', { name: 'New section' })
  await dialog.getByLabel('Name').fill('Towers')
  await dialog.getByLabel('Name').press('Enter')
  await part(page, 'Towers')
    .getByRole('link', { name: /belfry/ })
    .waitFor()

  await page.getByRole('button', { name: 'Actions for Towers' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  const renaming = page.getByRole('dialog', { name: 'Rename section' })
  await renaming.getByLabel('Name').fill('High up')
  await renaming.getByRole('button', { name: 'Save name' }).click()
  await part(page, 'High up').waitFor()

  const other = await grace.newTab('/')
  await part(other, 'High up')
    .getByRole('link', { name: /belfry/ })
    .waitFor()
  expect(await roomsIn(other, 'Favourites')).toEqual(['atrium', 'cellar'])
  // What another device does is here at once.
  await choose(other, /cellar/, 'Remove from favourites')
  await part(page, 'Rooms')
    .getByRole('link', { name: /cellar/ })
    .waitFor()
  await other.close()

  await page.getByRole('button', { name: 'Actions for High up' }).click()
  await page.getByRole('menuitem', { name: 'Delete section' }).click()
  await part(page, 'Rooms')
    .getByRole('link', { name: /belfry/ })
    .waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await part(page, 'High up')
    .getByRole('link', { name: /belfry/ })
    .waitFor()
})

test('rooms are dragged within a part, between parts, and back', async () => {
  const { page } = grace
  await page.goto('/')
  await part(page, 'Favourites').waitFor()
  await roomLink(page, /cellar/).dragTo(roomLink(page, /atrium/), {
    targetPosition: { x: 40, y: 4 },
  })
  await page.waitForFunction(
    () => document.querySelectorAll('[data-part=favourites] [data-room]').length === 2,
  )
  expect(await roomsIn(page, 'Favourites')).toEqual(['cellar', 'atrium'])
  await roomLink(page, /cellar/).dragTo(roomLink(page, /belfry/), {
    targetPosition: { x: 40, y: 26 },
  })
  await part(page, 'High up')
    .getByRole('link', { name: /cellar/ })
    .waitFor()
  expect(await roomsIn(page, 'High up')).toEqual(['belfry', 'cellar'])
  await roomLink(page, /cellar/).dragTo(part(page, 'Rooms').getByRole('button').first())
  await part(page, 'Rooms')
    .getByRole('link', { name: /cellar/ })
    .waitFor()
})

test('with the keyboard alone: the menu opens from the row, moves it, and the focus stays with it', async () => {
  const { page } = grace
  await page.goto('/')
  await roomLink(page, /cellar/).focus()
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'Actions for cellar' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('m')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitemradio', { name: 'Favourites' }).waitFor()
  await page.keyboard.press('f')
  await page.keyboard.press('Enter')
  await part(page, 'Favourites')
    .getByRole('link', { name: /cellar/ })
    .waitFor()
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('cellar'))
  await page.getByText('cellar is now number 2 in Favourites').waitFor()
})

test('a muted room is dim and counts nowhere; it can be heard again', async () => {
  const room = await makeRoom(ada, 'din', [grace])
  const { page } = grace
  await openRoom(page, 'atrium')
  await choose(page, /din/, 'Mute room')
  await roomLink(page, /din.*muted/).waitFor()
  const before = await page.title()
  await post(ada, room, '@grace loud')
  await post(ada, await makeRoom(ada, 'bell', [grace]), 'ring')
  await roomLink(page, /bell.*unread/).waitFor()
  expect(await page.title()).toBe(before)
  expect(await roomLink(page, /din.*(unread|for you)/).count()).toBe(0)
  await choose(page, /din/, 'Unmute room')
  await roomLink(page, /din.*1 for you/).waitFor()
  await page.waitForFunction((title) => document.title === `(1) ${title}`, before)
  await choose(page, /din/, 'Mark as read')
  await roomLink(page, /din.*for you/).waitFor({ state: 'detached' })
})

test('one leaves a room from its menu, and is asked before', async () => {
  await makeRoom(ada, 'exit', [grace])
  const { page } = grace
  await openRoom(page, 'atrium')
  await choose(page, /exit/, 'Leave room…')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave exit' }).click()
  await roomLink(page, /exit/).waitFor({ state: 'detached' })
  expect(new URL(page.url()).pathname).toBe('/r/atrium')
})

test('the catch-up walks through what is unread, with lines of each, marks read and brings back', async () => {
  const { page } = grace
  await post(ada, await makeRoom(ada, 'earlier', [grace]), 'long ago')
  await page.goto('/catch-up')
  await page.getByRole('button', { name: 'Mark all as read' }).click()
  await page.getByText('You have read everything').waitFor()
  const [one, two] = [await makeRoom(ada, 'one', [grace]), await makeRoom(ada, 'two', [grace])]
  const { chat: root } = await post(grace, one, 'Who is in?')
  await ada.call('POST', `/api/rooms/${one.id}/chats`, { message: 'Me', threadId: root.id })
  await post(ada, two, 'Plain **words**')
  await post(ada, one, 'Now you, @grace')
  const cards = page.getByRole('list', { name: 'What you have not read' }).getByRole('listitem')
  await page.getByRole('main').getByText('3 left').waitFor()
  await cards.filter({ hasText: 'Now you, @grace' }).waitFor()
  await cards.filter({ hasText: 'Thread in one' }).getByText('Me', { exact: true }).waitFor()
  await cards.filter({ hasText: 'Plain words' }).waitFor()
  await expectAccessible(page, 'the catch-up')

  await page.reload()
  await cards.first().and(page.locator(':focus')).waitFor()
  const names = async () => (await cards.getByRole('heading').allTextContents()).join(', ')
  expect(await names()).toBe('one, Thread in one, two')
  await page.keyboard.press('e')
  await roomLink(page, /one.*for you/).waitFor({ state: 'detached' })
  await cards.nth(1).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('u')
  await roomLink(page, /one.*1 for you/).waitFor()
  await cards.nth(0).and(page.locator(':focus')).waitFor()

  await page.keyboard.press('e')
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await page.getByText('You have read everything').waitFor()
  await cards.filter({ hasText: 'Thread in one' }).getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('main').getByText('1 left').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.searchParams.get('thread') === root.id)
})

test('Alt with arrows steps as the sidebar stands; with Shift past what is read and what is muted', async () => {
  const { page } = grace
  await openRoom(page, 'atrium')
  await page.keyboard.press('Alt+ArrowDown')
  await page.waitForURL((url) => url.pathname === '/r/cellar')
  const din = await ada.call<{ room: { id: string } }>('GET', '/api/rooms/by-slug/din')
  await choose(page, /din/, 'Mute room')
  await roomLink(page, /din.*muted/).waitFor()
  await post(ada, din.room, 'loud again')
  await post(ada, await makeRoom(ada, 'zenith', [grace]), 'look up')
  await roomLink(page, /zenith.*unread/).waitFor()
  await page.keyboard.press('Alt+Shift+ArrowUp')
  await page.waitForURL((url) => url.pathname === '/r/zenith')
  await seen(page, 'look up')
})

test('the switcher leaves a draft as it is, and leads to what is unread first', async () => {
  const { page } = grace
  await openRoom(page, 'atrium')
  await composer(page).fill('half a thought')
  const belfry = await ada.call<{ room: { id: string } }>('GET', '/api/rooms/by-slug/belfry')
  await post(ada, belfry.room, 'ding')
  await roomLink(page, /belfry.*unread/).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('option', { name: /belfry/ }).waitFor()
  const options = await page.getByRole('option').allTextContents()
  const placeOf = (name: string) => options.findIndex((text) => text.includes(name))
  expect(placeOf('belfry')).toBeLessThan(placeOf('atrium'))
  await page.keyboard.press('Escape')
  expect(await composer(page).inputValue()).toBe('half a thought')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('bfy')
  await page.keyboard.press('Enter')
  await row(page, 'ding').waitFor()
  await roomLink(page, /atrium.*Draft/).click()
  expect(await composer(page).inputValue()).toBe('half a thought')
})

test('a phone opens the menu of a room by a long press, and the press does not open the room', async () => {
  await makeRoom(ada, 'garden', [pia])
  const { page } = pia
  await page.goto('/')
  const link = roomLink(page, /garden/)
  await link.waitFor()
  const box = await link.boundingBox()
  if (!box) throw new Error('the row is not there')
  const touch = await page.context().newCDPSession(page)
  const at = { x: box.x + 60, y: box.y + box.height / 2 }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
  await page.getByRole('menu').waitFor()
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await page.getByRole('menuitem', { name: 'Add to favourites' }).tap()
  await part(page, 'Favourites')
    .getByRole('link', { name: /garden/ })
    .waitFor()
  expect(new URL(page.url()).pathname).toBe('/')
  await expectAccessible(page, 'a phone’s sidebar with favourites')
})

test('notification settings hold to axe, wide and narrow', async () => {
  const { page } = grace
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 860 })
    await page.goto('/settings/notifications')
    await page.getByRole('heading', { name: 'In this browser' }).waitFor()
    await expectAccessible(page, `notification settings at ${width}`)
  }
})

test('of a hundred rooms those near the view are there, by wheel, by keys and by address', async () => {
  const hana = await world.member('Hana')
  const { page } = hana
  const names = Array.from({ length: 100 }, (_, at) => `ward-${String(at).padStart(3, '0')}`)
  for (const name of names) await makeRoom(hana, name)
  await openRoom(page, 'ward-000')
  await page.waitForFunction(() => document.querySelectorAll('[data-room]').length > 25)
  expect(await roomLink(page, 'ward-070').count()).toBe(0)

  await roomLink(page, 'ward-005').hover()
  await page.mouse.wheel(0, 70 * 30)
  await roomLink(page, 'ward-070').waitFor()
  await roomLink(page, 'ward-005').waitFor({ state: 'detached' })

  await page.goto('/r/ward-050')
  await inSight(page, 'ward-050')
  for (let steps = 0; steps < 20; steps += 1) await page.keyboard.press('Alt+ArrowDown')
  await page.waitForURL((url) => url.pathname === '/r/ward-070')
  await inSight(page, 'ward-070')

  await roomLink(page, 'ward-070').focus()
  // Each row that has the focus has a button after it.
  for (let steps = 0; steps < 2 * 25; steps += 1) await page.keyboard.press('Tab')
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('ward-095'))

  // A row that goes out of sight can't keep the focus: the head of its part has it then.
  await choose(page, /ward-095/, 'Add to favourites')
  const favourite = part(page, 'Favourites').getByRole('link', { name: /ward-095/ })
  await page.mouse.move(900, 450)
  await favourite.focus()
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'Actions for ward-095' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Remove from favourites' }).press('Enter')
  await favourite.waitFor({ state: 'detached' })
  await page.waitForFunction(() => document.activeElement?.textContent === 'Rooms')
  // The server of the next test is another one.
  await hana.context.close()
})

test('a newer client is told by a banner once the server is back, and nothing reloads by itself', async () => {
  const { page } = grace
  await makeRoom(ada, 'update', [grace])
  await openRoom(page, 'update')
  await composer(page).fill('not sent yet')
  for (const { problems } of [ada, grace, pia]) problems.expect(/ERR_|WebSocket connection|50[023]/)
  await page.route(
    (url) => url.pathname === '/',
    (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<script type="module" src="/assets/index-newer.js"></script>',
      }),
  )
  await world.server.kill()
  await world.server.start()
  await page.getByText('A newer Parley is here').waitFor()
  expect(await composer(page).inputValue()).toBe('not sent yet')
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByText('A newer Parley is here').waitFor({ state: 'detached' })
})
