import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { expectAccessible } from './axe.ts'
import { composer, openRoom, say, seen } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

let world: World
let ada: Person
let grace: Person

beforeAll(async () => {
  world = await openWorld()
  ada = await world.member('Ada')
  grace = await world.member('Grace')
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

test('adding people, some of them in the room already', async () => {
  const { page } = ada
  await world.member('Linus')
  await makeRoom(ada, 'general', [grace])
  await openRoom(page, 'general')
  await page.getByRole('button', { name: /Show members/ }).click()
  await page.getByRole('button', { name: 'Add people' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add people to general' })
  await dialog.getByText('Already in').waitFor()
  await dialog.getByRole('button', { name: 'Add Linus' }).waitFor()
  await expectAccessible(page, 'add people')
  await dialog.getByLabel('Search people by name or handle').fill('nobody at all')
  await dialog.getByText('Nobody fits “nobody at all”.').waitFor()
  await expectAccessible(page, 'add people: nobody fits')
})

test('a direct room of three, on a desk and on a phone', async () => {
  const { page } = ada
  const hedy = await world.member('Hedy', phone)
  const ids = await Promise.all(
    [grace, hedy].map(async (person) => {
      const { user } = await person.call<{ user: { id: string } }>('GET', '/api/users/me')
      return user.id
    }),
  )
  const { room } = await ada.call<{ room: { id: string } }>('POST', '/api/rooms/direct', {
    userIds: ids,
  })
  await page.goto(`/d/${room.id}?panel=members`)
  await page.getByRole('complementary', { name: 'Members' }).getByText('@hedy').waitFor()
  await say(page, 'The three of us')
  await seen(page, 'The three of us')
  await expectAccessible(page, 'direct room of three')
  await hedy.page.goto(`/d/${room.id}`)
  await composer(hedy.page).waitFor()
  await seen(hedy.page, 'The three of us')
  await expectAccessible(hedy.page, 'phone: direct room of three')
})

test('an archived room and its settings, a room’s settings that only admins change, archived ones in browse', async () => {
  const room = await makeRoom(ada, 'attic', [grace])
  await makeRoom(ada, 'cellar', [grace])
  await ada.call('PATCH', `/api/rooms/${room.id}`, { archived: true })
  const { page } = ada
  await page.goto('/r/attic?panel=settings')
  await page.getByText('This room is archived. Nobody can write in it.').waitFor()
  await page.getByRole('button', { name: 'Bring back' }).waitFor()
  await expectAccessible(page, 'archived room')
  await page.goto('/browse')
  await page.getByRole('link', { name: 'Open cellar' }).waitFor()
  await expectAccessible(page, 'browse with an archived room')
  await grace.page.goto('/r/cellar?panel=settings')
  await grace.page.getByText(/Owners and admins can change/).waitFor()
  await expectAccessible(grace.page, 'room settings of a member')
})

test('a phone’s browse, room panels and settings', async () => {
  const { page } = await world.member('Margaret', phone)
  await page.goto('/browse')
  await page.getByRole('button', { name: 'Join cellar' }).tap()
  await composer(page).waitFor()
  for (const [path, text] of [
    ['/browse', 'That’s all of them'],
    ['/r/cellar?panel=members', '@margaret'],
    ['/r/cellar?panel=settings', 'Leave room'],
    ['/settings/profile', 'Save profile'],
    ['/settings/password', 'New password'],
    ['/settings/sessions', 'This device'],
    ['/settings/appearance', 'Enter sends'],
  ] as const) {
    await page.goto(path)
    await page.getByText(text, { exact: true }).waitFor()
    await expectAccessible(page, `phone: ${path}`)
    await expectFingerSized(page, path)
  }
})

/** Nothing wider than the screen, and no button or link lower than a fingertip. */
async function expectFingerSized(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => ({
    scrolls: document.documentElement.scrollWidth > innerWidth,
    small: Array.from(document.querySelectorAll('main button, main a'))
      // What lies inside a field or the history goes by their size.
      .filter((element) => !element.closest('[role=log], .input-with-button'))
      .filter((element) => element.checkVisibility())
      .filter((element) => element.getBoundingClientRect().height < 44)
      .map((element) => element.textContent),
  }))
  expect({ where, ...found }).toEqual({ where, scrolls: false, small: [] })
}
