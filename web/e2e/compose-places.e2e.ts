import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Locator, Page } from 'playwright-core'
import { png } from './sample-files.ts'
import { composer, openRoom, row, say, seen } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

let world: World
let ada: Person
let grace: Person

beforeAll(async () => {
  world = await openWorld()
  ada = await world.member('Ada')
  grace = await world.member('Grace')
  await makeRoom(ada, 'garden', [grace])
  await openRoom(ada.page, 'garden')
  await openRoom(grace.page, 'garden')
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

const panel = (page: Page): Locator => page.getByRole('complementary', { name: /^Thread/ })
const field = (page: Page): Locator => panel(page).getByRole('textbox')
const tray = (page: Page): Locator => page.getByRole('list', { name: 'Files to send' })
const send = (page: Page): Locator =>
  page.locator('.room').getByRole('button', { name: 'Send', exact: true })

async function openThread(page: Page, text: string): Promise<void> {
  await row(page, text).first().focus()
  await page.keyboard.press('t')
  await field(page).waitFor()
}

test('a reply says whom it answers; Escape takes that back, and sending quotes', async () => {
  await say(grace.page, 'Shall we plant tomatoes?')
  await seen(ada.page, 'Shall we plant tomatoes?')
  const { page } = ada
  await row(page, 'Shall we plant tomatoes?').focus()
  await page.keyboard.press('r')
  const bar = page.getByRole('note', { name: 'Replying to Grace' })
  await bar.getByText('Shall we plant tomatoes?').waitFor()
  expect(await composer(page).evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  await bar.waitFor({ state: 'detached' })

  await row(page, 'Shall we plant tomatoes?').focus()
  await page.keyboard.press('r')
  await bar.waitFor()
  await composer(page).pressSequentially('Gladly')
  await composer(page).press('Enter')
  await bar.waitFor({ state: 'detached' })
  await seen(grace.page, 'Gladly')
  await row(grace.page, 'Gladly').getByText('Shall we plant tomatoes?').waitFor()
})

test('room and thread keep drafts of their own, also over a reload', async () => {
  const { page } = ada
  await composer(page).fill('for the room')
  await openThread(page, 'Shall we plant tomatoes?')
  expect(await field(page).inputValue()).toBe('')
  await field(page).fill('for the thread')
  await page.reload()
  await field(page).waitFor()
  expect(await field(page).inputValue()).toBe('for the thread')
  expect(await composer(page).inputValue()).toBe('for the room')
  await composer(page).fill('')
  // What waits in a thread marks its room.
  await page.goto('/browse')
  await page.getByRole('link', { name: /, Draft/ }).waitFor()
  await page.goBack()
  await field(page).waitFor()
})

test('a reply in a thread goes to the room as well, once, when the box says so', async () => {
  const { page } = ada
  const box = panel(page).getByRole('checkbox', { name: 'Also send to the room' })
  await field(page).fill('only in the thread')
  await field(page).press('Enter')
  await panel(page).getByRole('article').filter({ hasText: 'only in the thread' }).waitFor()
  await box.check()
  await field(page).fill('in both places')
  await field(page).press('Enter')
  await grace.page
    .getByRole('log', { name: /^Messages in/ })
    .getByRole('article')
    .filter({ hasText: 'in both places' })
    .waitFor()
  expect(await box.isChecked()).toBe(false)
  const alone = grace.page
    .getByRole('log', { name: /^Messages in/ })
    .getByRole('article')
    .filter({ hasText: 'only in the thread' })
  expect(await alone.count()).toBe(0)
  await page.keyboard.press('Escape')
  await panel(page).waitFor({ state: 'detached' })
})

test('Send waits for files under way, also when one goes elsewhere meanwhile', async () => {
  const { page } = ada
  await makeRoom(ada, 'shed')
  await openRoom(page, 'garden')
  let goOn = (): void => {}
  const held = new Promise<void>((resolve) => (goOn = resolve))
  const isUpload = (url: URL): boolean => url.pathname.includes('/files')
  await page.route(isUpload, async (route) => {
    if (route.request().method() === 'POST') await held
    await route.continue()
  })
  await page
    .locator('.room .composer input[type=file]')
    .setInputFiles([png('seedling.png', 40, 40, [60, 160, 80])])
  await tray(page).waitFor()
  await composer(page).fill('the first one')
  await composer(page).press('Enter')
  expect(await send(page).getAttribute('aria-busy')).toBe('true')
  expect(await composer(page).isEditable()).toBe(false)

  await page.getByRole('link', { name: 'shed' }).click()
  await page.getByRole('heading', { level: 1, name: 'shed' }).waitFor()
  await page.getByRole('link', { name: 'garden' }).click()
  await tray(page).waitFor()
  expect(await composer(page).isEditable()).toBe(false)
  goOn()
  await seen(grace.page, 'the first one')
  await row(grace.page, 'the first one').getByRole('img').first().waitFor()
  await tray(page).waitFor({ state: 'detached' })
  await page.waitForFunction(
    () => document.querySelector<HTMLTextAreaElement>('.composer-text')?.value === '',
  )
  await page.unroute(isUpload)
})

test('a file goes without words; one that fails keeps words and files where they are', async () => {
  const { page } = ada
  const choose = page.locator('.room .composer input[type=file]')
  await choose.setInputFiles([png('plan.png', 40, 40, [60, 60, 180])])
  await tray(page).waitFor()
  await send(page).click()
  await tray(page).waitFor({ state: 'detached' })
  await grace.page.getByRole('log').getByRole('button', { name: 'plan.png', exact: true }).waitFor()

  ada.problems.expect(/500/)
  const isUpload = (url: URL): boolean => url.pathname.includes('/files')
  await page.route(isUpload, (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 500, body: '{}' })
      : route.continue(),
  )
  await choose.setInputFiles([png('broken.png', 40, 40, [60, 60, 180])])
  await composer(page).fill('look at this')
  await composer(page).press('Enter')
  await page.getByText('Some files could not be uploaded.').waitFor()
  expect(await composer(page).inputValue()).toBe('look at this')
  await page.unroute(isUpload)
  await tray(page).getByRole('button', { name: /again/i }).click()
  await composer(page).press('Enter')
  await seen(grace.page, 'look at this')
})

test('the setting that Enter makes a line holds on all devices', async () => {
  await ada.call('PATCH', '/api/settings', { enterSends: false })
  const { page } = ada
  await page.reload()
  await composer(page).pressSequentially('one')
  await page.keyboard.press('Enter')
  await page.keyboard.type('two')
  expect(await composer(page).inputValue()).toBe('one\ntwo')
  await page.keyboard.press('Control+Enter')
  await seen(grace.page, /one\s*two/)
  await ada.call('PATCH', '/api/settings', { enterSends: true })
})

test('on a touch screen Enter is a line, and the picker a sheet that gives the words back', async () => {
  const mobile = await world.member('Mo', {
    isMobile: true,
    hasTouch: true,
    viewport: { width: 390, height: 844 },
  })
  const { page } = mobile
  await makeRoom(mobile, 'balcony')
  await openRoom(page, 'balcony')
  await composer(page).tap()
  await composer(page).pressSequentially('one')
  await page.keyboard.press('Enter')
  await page.keyboard.type('two ')
  await page.getByRole('button', { name: 'Add an emoji' }).tap()
  const sheet = page.getByRole('dialog', { name: 'Emoji' })
  await sheet.getByRole('option', { name: 'grinning face', exact: true }).tap()
  await sheet.waitFor({ state: 'detached' })
  expect(await composer(page).inputValue()).toBe('one\ntwo 😀')
  await page.getByRole('button', { name: 'Send', exact: true }).tap()
  await seen(page, /one\s*two/)
})
