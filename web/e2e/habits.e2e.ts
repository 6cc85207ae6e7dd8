import { afterAll, beforeAll, expect, test } from 'bun:test'
import { composer, openRoom, roomLink, row, say, seen } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

/** What hands know from other chat programs, and no other suite tries. */

let world: World
let ada: Person
let grace: Person
let newcomer: Person

beforeAll(async () => {
  world = await openWorld()
  ada = await world.member('Ada')
  grace = await world.member('Grace')
  newcomer = await world.member('Newcomer')
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

test('the first steps are ticked as they are taken', async () => {
  const { page } = newcomer
  const step = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  await page.getByRole('heading', { name: 'Welcome, Newcomer' }).waitFor()
  expect(await step('Create a room').getByText('done').count()).toBe(0)
  await step('Create a room').getByRole('button').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('first steps')
  await dialog.getByRole('button', { name: 'Create room' }).click()
  await page.getByRole('heading', { level: 1, name: 'first steps' }).waitFor()
  // Who was in no room yet comes here; others come back to their last one.
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage))
      if (key.includes('room')) localStorage.removeItem(key)
  })
  await page.goto('/')
  await step('Create a room').getByText('done').waitFor()
})

test('Escape marks the room read, with Shift every room, and that can be undone', async () => {
  const names = ['orchard', 'meadow', 'brook']
  for (const name of names) await makeRoom(ada, name, [grace])
  await openRoom(grace.page, 'orchard')
  const unread = (name: string) => roomLink(grace.page, new RegExp(`${name}.*unread`))
  for (const name of names) {
    await openRoom(ada.page, name)
    await say(ada.page, `news of the ${name}`)
    await seen(ada.page, `news of the ${name}`)
  }
  await unread('meadow').waitFor()
  await unread('brook').waitFor()

  await grace.page.keyboard.press('Shift+Escape')
  await grace.page.getByText('2 rooms marked as read').waitFor()
  for (const name of ['meadow', 'brook']) await unread(name).waitFor({ state: 'detached' })
  await grace.page.getByRole('button', { name: 'Undo' }).click()
  for (const name of ['meadow', 'brook']) await unread(name).waitFor()

  await row(grace.page, 'news of the orchard').click({ button: 'right' })
  await grace.page.keyboard.press('Escape')
  await row(grace.page, 'news of the orchard').focus()
  await grace.page.keyboard.press('u')
  await unread('orchard').waitFor()
  await composer(grace.page).focus()
  await grace.page.keyboard.press('Escape')
  await unread('orchard').waitFor({ state: 'detached' })
})

test('a message that has the focus is edited, linked to and taken down by keys', async () => {
  await makeRoom(ada, 'library', [grace])
  await openRoom(ada.page, 'library')
  const { page, context } = ada
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await say(page, 'a worn book')
  await seen(page, 'a worn book')
  await row(page, 'a worn book').focus()
  await page.keyboard.press('c')
  await page.getByText('Copied', { exact: true }).waitFor()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(new URL(link).pathname).toBe('/r/library')

  await row(page, 'a worn book').focus()
  await page.keyboard.press('e')
  const edited = page.getByRole('textbox', { name: 'Editing your message' })
  await edited.fill('a bound book')
  await edited.press('Enter')
  await seen(page, 'a bound book')

  await openRoom(grace.page, 'library')
  await row(grace.page, 'a bound book').focus()
  // Another’s message: neither is offered, nor does a key do it.
  for (const key of ['e', 'Delete']) await grace.page.keyboard.press(key)
  expect(await composer(grace.page).inputValue()).toBe('')
  expect(await grace.page.getByRole('alertdialog').count()).toBe(0)

  await row(page, 'a bound book').focus()
  await page.keyboard.press('Delete')
  const ask = page.getByRole('alertdialog')
  await ask.getByText('a bound book').waitFor()
  await ask.getByRole('button', { name: 'Delete' }).click()
  await row(grace.page, 'This message was deleted').waitFor()

  await grace.page.goto(link)
  await row(grace.page, 'This message was deleted').waitFor()
})

test('a message has its toolbar once it is pointed at or focused, and a dialog gives the focus back to it', async () => {
  await makeRoom(ada, 'workbench', [])
  await openRoom(ada.page, 'workbench')
  for (const text of ['the saw', 'the file']) {
    await say(ada.page, text)
    await seen(ada.page, text)
  }
  const { page } = ada
  const toolbar = (text: string) => row(page, text).getByRole('group', { name: 'Message actions' })
  const more = toolbar('the file').getByRole('button', { name: 'More actions' })
  const focused = page.locator(':focus')
  await row(page, 'the saw').hover()
  await toolbar('the saw').waitFor()
  expect(await toolbar('the file').count()).toBe(0)

  await row(page, 'the file').focus()
  while ((await more.and(focused).count()) === 0) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('menu', { name: 'Message actions' }).waitFor()
  await page.keyboard.press('Escape')
  await more.and(focused).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
  await page.getByRole('button', { name: 'Cancel' }).press('Enter')
  await more.and(focused).waitFor()
  await row(page, 'the saw').focus()
  await toolbar('the file').waitFor({ state: 'detached' })
})

test('whoever reads further up is not moved by what comes, and is told how much it is', async () => {
  await makeRoom(ada, 'scroll', [grace])
  const { rooms } = await ada.call<{ rooms: { id: string; slug: string }[] }>('GET', '/api/rooms')
  const roomId = rooms.find(({ slug }) => slug === 'scroll')?.id ?? ''
  for (let at = 1; at <= 60; at += 1)
    await ada.call('POST', `/api/rooms/${roomId}/chats`, { message: `line ${at}.` })
  await openRoom(grace.page, 'scroll')
  await openRoom(ada.page, 'scroll')
  await seen(ada.page, 'line 60.')
  const { page } = ada
  await page.getByRole('log').hover()
  await page.mouse.wheel(0, -900)
  await page.getByRole('button', { name: 'Jump to latest' }).waitFor()
  // Where the row next to the middle stands, once the wheel has run out; a divider may be there itself.
  const middle = await page.evaluate(() => {
    const far = (each: Element): number => {
      const { top, bottom } = each.getBoundingClientRect()
      return Math.abs((top + bottom) / 2 - innerHeight / 2)
    }
    const rows = Array.from(document.querySelectorAll('[role=log] [data-key]'))
    return rows.toSorted((one, other) => far(one) - far(other))[0]?.getAttribute('data-key') ?? ''
  })
  const where = () => page.locator(`[data-key="${middle}"]`).boundingBox()
  const settled = async (): Promise<number | undefined> => {
    const before = (await where())?.y
    await page.evaluate(
      () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go))),
    )
    return (await where())?.y === before ? before : settled()
  }
  const before = await settled()
  for (const text of ['below one', 'below two']) await say(grace.page, text)
  await seen(grace.page, 'below two')
  await page.getByRole('button', { name: /2 new/ }).first().waitFor()
  expect(await settled()).toBe(before)
})

test('what one person says in a row stands together, tells its time, and is read out to others', async () => {
  await makeRoom(ada, 'porch', [grace])
  await openRoom(ada.page, 'porch')
  await openRoom(grace.page, 'porch')
  for (const text of ['first words', 'second words']) {
    await say(ada.page, text)
    await seen(grace.page, text)
  }
  const isGrouped = (text: string) =>
    row(grace.page, text).evaluate((element) => element.classList.contains('chat-grouped'))
  expect([await isGrouped('first words'), await isGrouped('second words')]).toEqual([false, true])
  const time = row(grace.page, 'second words').locator('time')
  await row(grace.page, 'second words').hover()
  await time.waitFor()
  expect(await time.getAttribute('title')).toContain(String(new Date().getFullYear()))
  expect(await grace.page.locator('.timeline [aria-live=polite]').textContent()).toBe(
    'Ada: second words',
  )
  expect(await row(grace.page, 'second words').getAttribute('aria-label')).toMatch(
    /^Ada, second words, \d/,
  )
})

test('a part of the sidebar that was folded stays so, and still shows what waits in it', async () => {
  const names = ['attic', 'cellar']
  for (const name of names) await makeRoom(ada, name, [grace])
  await openRoom(grace.page, 'attic')
  const fold = () =>
    grace.page
      .getByRole('navigation', { name: 'Rooms and people' })
      .getByRole('button', { name: 'Rooms', exact: true })
  await roomLink(grace.page, 'cellar').waitFor()
  await fold().click()
  await roomLink(grace.page, 'cellar').waitFor({ state: 'detached' })
  await grace.page.reload()
  await roomLink(grace.page, 'attic').waitFor()
  expect(await fold().getAttribute('aria-expanded')).toBe('false')
  expect(await roomLink(grace.page, 'cellar').count()).toBe(0)
  await openRoom(ada.page, 'cellar')
  await say(ada.page, 'something down here')
  await roomLink(grace.page, /cellar.*unread/).waitFor()
  await fold().click()
})

test('a line that is down is counted down, and tried at once by a press', async () => {
  for (const person of [ada, grace, newcomer])
    person.problems.expect(/ERR_|WebSocket connection|50[023]/)
  const { page } = ada
  await openRoom(page, 'library')
  await world.server.kill()
  await page.getByText('Connection lost.').waitFor()
  const tryNow = page.getByRole('button', { name: 'Try now' })
  // The pauses grow: in the first of them nobody has the time to press.
  await page.getByText(/Trying again in ([3-9]|\d\d) seconds/).waitFor({ timeout: 60_000 })
  await composer(page).fill('written meanwhile')
  await world.server.start()
  await tryNow.click()
  await page.getByText('Connection lost.').waitFor({ state: 'detached' })
  expect(await composer(page).inputValue()).toBe('written meanwhile')
})

test('at twice the size nothing is cut off, and all of it is reached', async () => {
  // What a window of 1440 by 900 leaves at 200 %, by the browser's own zoom.
  const zoomed = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 }
  const iris = await world.member('Iris', zoomed)
  await makeRoom(iris, 'a room with quite a long name')
  const { page } = iris
  for (const path of [
    '/',
    '/r/a-room-with-quite-a-long-name',
    '/r/a-room-with-quite-a-long-name?panel=members',
    '/browse',
    '/search',
    '/threads',
    '/catch-up',
    '/settings/profile',
    '/settings/notifications',
    '/settings/sessions',
  ]) {
    await page.goto(path)
    const place = path.includes('panel')
      ? page.getByRole('complementary', { name: 'Members' })
      : page.getByRole('heading', { level: 1 }).or(page.getByRole('searchbox'))
    await place.first().waitFor()
    const { wide, cut } = await page.evaluate(() => {
      // What slides in is begun anew and held there: where it begins it is widest.
      const sheet = new CSSStyleSheet()
      document.adoptedStyleSheets = [sheet]
      sheet.replaceSync('* { animation: none !important }')
      document.body.getBoundingClientRect()
      sheet.replaceSync('* { animation-play-state: paused !important }')
      const scrolls = (element: Element | null): boolean =>
        element !== null &&
        (element.scrollWidth > element.clientWidth + 1 || scrolls(element.parentElement))
      const isCut = (element: Element): boolean => {
        const { width, left, right } = element.getBoundingClientRect()
        return width > 0 && (left < -1 || right > innerWidth + 1) && !scrolls(element.parentElement)
      }
      return {
        wide: document.documentElement.scrollWidth > innerWidth,
        cut: Array.from(document.querySelectorAll('button, a, input, textarea'))
          .filter(isCut)
          .map((element) => element.getAttribute('aria-label') ?? element.textContent),
      }
    })
    expect({ path, wide, cut }).toEqual({ path, wide: false, cut: [] })
  }
  await openRoom(page, 'a-room-with-quite-a-long-name')
  await say(page, 'large letters')
  await seen(page, 'large letters')
})
