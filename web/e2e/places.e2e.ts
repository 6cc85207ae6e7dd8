import { afterAll, beforeAll, expect, test } from 'bun:test'
import { composer, openRoom, roomLink, say, seen } from './talk.ts'
import { makeRoom, openWorld, password, type Person, type World } from './world.ts'

let world: World
let ada: Person

beforeAll(async () => {
  world = await openWorld()
  ada = await world.member('Ada')
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

test('a second tab hears the same, and what is read in one is read in the other', async () => {
  const grace = await world.member('Grace')
  await makeRoom(ada, 'news', [grace])
  await makeRoom(ada, 'elsewhere', [grace])
  await openRoom(ada.page, 'news')
  await openRoom(grace.page, 'elsewhere')
  const tab = await grace.newTab('/r/elsewhere')
  await say(ada.page, 'Fresh off the press, @grace')

  await roomLink(grace.page, /news.*unread.*1 for you/).waitFor()
  await roomLink(tab, /news.*unread.*1 for you/).waitFor()
  await tab.waitForFunction(() => document.title.startsWith('(1)'))
  await roomLink(grace.page, /news/).click()
  await seen(grace.page, 'Fresh off the press')
  await roomLink(tab, 'news').and(tab.locator(':not(.unread)')).waitFor()
  await tab.waitForFunction(() => !document.title.startsWith('('))
})

test('on a phone one pane is seen at a time, and back leads to the list', async () => {
  const phone = await world.member('Hedy', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await makeRoom(ada, 'pocket', [phone])
  await roomLink(phone.page, 'pocket').tap()
  await composer(phone.page).waitFor()
  expect(await roomLink(phone.page, 'pocket').isVisible()).toBe(false)

  await phone.page.getByRole('button', { name: /Show members/ }).tap()
  await phone.page.getByRole('complementary').getByText('@hedy').waitFor()
  await phone.page.goBack()
  await composer(phone.page).fill('From the train')
  await phone.page.getByRole('button', { name: 'Send' }).tap()
  await seen(phone.page, 'From the train')

  const { scrolls, small } = await phone.page.evaluate(() => ({
    scrolls: document.documentElement.scrollWidth > innerWidth,
    small: Array.from(document.querySelectorAll('button, a'))
      .filter((element) => element.checkVisibility() && !element.closest('[role=log], .skip-link'))
      .filter((element) => element.getBoundingClientRect().height < 44)
      .map((element) => element.textContent),
  }))
  expect(scrolls).toBe(false)
  expect(small).toEqual([])
  await phone.page.getByRole('link', { name: 'Back to the room list' }).tap()
  await roomLink(phone.page, 'pocket').waitFor()
  expect(await composer(phone.page).isVisible()).toBe(false)
})

test('everything from sign-in to a talk works by keyboard alone', async () => {
  await makeRoom(ada, 'quiet-corner')
  await makeRoom(ada, 'reading')
  await ada.context.clearCookies()
  ada.problems.expect(/401.*refresh/)
  const { page } = ada
  await page.goto('/r/reading')
  await page.getByLabel('E-mail').waitFor()
  await page.keyboard.type(ada.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'reading' }).waitFor()

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
  await page.keyboard.type('qcorn')
  await page.getByRole('option', { name: 'quiet-corner', selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'quiet-corner' }).waitFor()
  await composer(page).and(page.locator(':focus')).waitFor()
  await page.keyboard.type('No mouse needed')
  await page.keyboard.press('Enter')
  await seen(page, 'No mouse needed')

  await page.keyboard.press('Alt+ArrowDown')
  await page.getByRole('heading', { level: 1, name: 'reading' }).waitFor()
  await page.keyboard.press('Alt+ArrowUp')
  await page.getByRole('heading', { level: 1, name: 'quiet-corner' }).waitFor()
  await page.keyboard.press('Control+/')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})
