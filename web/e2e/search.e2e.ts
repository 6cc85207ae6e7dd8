import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Locator, Page } from 'playwright-core'
import { expectAccessible } from './axe.ts'
import { composer, openRoom, row, say, seen } from './talk.ts'
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

const line = (page: Page): Locator => page.getByRole('combobox', { name: 'Search messages' })
const results = (page: Page): Locator =>
  page.getByRole('listbox', { name: 'Results' }).getByRole('option')
const post = (from: Person, roomId: string, message: string, more: object = {}) =>
  from.call<{ chat: { id: string; seq: number } }>('POST', `/api/rooms/${roomId}/chats`, {
    message,
    ...more,
  })

/** Asks until the index has heard what was said a moment ago: it is allowed a second. */
async function find(page: Page, query: string, count: number): Promise<void> {
  const untilMs = performance.now() + 5_000
  for (;;) {
    await line(page).fill('')
    const answer = page.waitForResponse('**/api/search?**')
    await line(page).fill(query)
    await answer
    await page.waitForFunction(() => document.querySelector('.results[aria-busy=true]') === null)
    if ((await results(page).count()) === count) return
    if (performance.now() > untilMs) throw new Error(`${query}: ${await results(page).count()}`)
  }
}

test('one finds what the other said a moment ago, jumps to it, and comes back to the results', async () => {
  const room = await makeRoom(ada, 'kitchen', [grace])
  await makeRoom(ada, 'hall', [grace])
  await post(ada, room.id, 'We are out of marmalade')
  for (let n = 0; n < 60; n += 1) await post(ada, room.id, `Another line ${n}`)
  await openRoom(grace.page, 'hall')
  const { page } = grace
  await page.keyboard.press('Control+Shift+F')
  await page.waitForURL('**/search')
  await find(page, 'marmalad', 1)
  expect(await results(page).locator('mark').allTextContents()).toEqual(['marmalad'])
  await page.getByRole('group', { name: 'kitchen' }).waitFor()
  await line(page).press('Enter')
  await page.waitForURL(/\/r\/kitchen\?at=/)
  await row(page, 'We are out of marmalade').waitFor()
  await page.goBack()
  await page.waitForURL(/\/search\?q=marmalad/)
  expect(await line(page).inputValue()).toBe('marmalad')
  await results(page).first().waitFor()
  await line(page).press('Escape')
  await page.waitForURL('**/r/hall')
  await composer(page).waitFor()
})

test('after an edit the old words are found no longer, nor anything after a deletion', async () => {
  await makeRoom(ada, 'office', [grace])
  await openRoom(ada.page, 'office')
  await say(ada.page, 'The printer is purple')
  await seen(ada.page, 'The printer is purple')
  await openRoom(grace.page, 'office')
  await grace.page.keyboard.press('Control+F')
  await grace.page.getByRole('button', { name: 'Remove filter: In office' }).waitFor()
  await find(grace.page, 'purple', 1)

  await composer(ada.page).press('ArrowUp')
  await ada.page.getByText('Editing your message').waitFor()
  const field = ada.page.locator('textarea:focus')
  await field.fill('The printer is orange')
  await field.press('Enter')
  await row(ada.page, 'The printer is orange').getByText('edited').waitFor()
  await find(grace.page, 'orange', 1)
  await find(grace.page, 'purple', 0)
  await grace.page.getByText('Nothing fits “purple”').waitFor()

  const { results: found } = await ada.call<{
    results: { chat: { id: string; roomId: string } }[]
  }>('GET', '/api/search?query=orange')
  const chat = found[0]?.chat
  await find(grace.page, 'printer', 1)
  await ada.call('DELETE', `/api/rooms/${chat?.roomId}/chats/${chat?.id}`)
  // What is shown goes at once; what is asked for again is not found.
  await results(grace.page).waitFor({ state: 'detached' })
})

test('filters are completed by keyboard, shown as what they mean, and taken off', async () => {
  const room = await makeRoom(ada, 'garden', [grace])
  await makeRoom(ada, 'garage', [grace])
  await post(ada, room.id, 'Tulips from Ada')
  await post(grace, room.id, 'Tulips from Grace, see https://tulips.example')
  const { page } = ada
  await page.goto('/search')
  await page.getByText('Find what was said').waitFor()
  await expectAccessible(page, 'search: nothing asked yet')
  await find(page, 'tulips', 2)
  await line(page).press('End')
  await line(page).pressSequentially(' from:gra')
  await page.getByRole('listbox', { name: 'Suggestions' }).getByText('@grace').waitFor()
  await expectAccessible(page, 'search: suggestions')
  await line(page).press('Enter')
  expect(await line(page).inputValue()).toBe('tulips from:@grace ')
  await page.getByRole('button', { name: 'Remove filter: From Grace' }).waitFor()
  await page.waitForFunction(() => document.querySelectorAll('[role=option].result').length === 1)
  await line(page).pressSequentially('in:gard')
  await page.getByRole('option', { name: /#garden/ }).waitFor()
  await line(page).press('Tab')
  expect(await line(page).inputValue()).toBe('tulips from:@grace in:#garden ')
  await page.getByRole('button', { name: 'Remove filter: In garden' }).waitFor()
  await expectAccessible(page, 'search: results')
  await page.getByRole('button', { name: 'Remove filter: From Grace' }).click()
  expect(await line(page).inputValue()).toBe('tulips in:#garden ')
  await page.waitForFunction(() => document.querySelectorAll('[role=option].result').length === 2)
  await find(page, 'has:link tulips', 1)
})

test('a reply in a thread is found and opens its thread', async () => {
  const room = await makeRoom(ada, 'shed', [grace])
  const { chat } = await post(ada, room.id, 'Who has the ladder?')
  await post(grace, room.id, 'Behind the greenhouse', { threadId: chat.id })
  const { page } = ada
  await page.goto('/search')
  await find(page, 'greenhouse is:thread', 1)
  await results(page).getByText('in a thread').waitFor()
  await results(page).first().click()
  await page.waitForURL(new RegExp(`/r/shed\\?thread=${chat.id}&at=`))
  await page.getByRole('complementary').getByText('Behind the greenhouse').waitFor()
})

test('security 30: what is said in a room of others is not found', async () => {
  const { room } = await ada.call<{ room: { id: string } }>('POST', '/api/rooms', {
    name: 'vault',
    kind: 'private',
  })
  await post(ada, room.id, 'The combination is rhubarb')
  await ada.page.goto('/search')
  await find(ada.page, 'rhubarb', 1)
  await grace.page.goto('/search')
  await find(grace.page, 'rhubarb', 0)
})

test('a phone shows it full screen, with pages that follow by themselves, and says when it fails', async () => {
  const hedy = await world.member('Hedy', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const room = await makeRoom(ada, 'balloons', [hedy])
  for (let n = 0; n < 45; n += 1) await post(ada, room.id, `Balloon number ${n}`)
  const { page, problems } = hedy
  await openRoom(page, 'balloons')
  await page.getByRole('button', { name: 'More of this room' }).tap()
  await page.getByRole('menuitem', { name: 'Search in this room' }).tap()
  await find(page, 'balloon 44', 1)
  await find(page, 'ballon', 20)
  await page.getByRole('region', { name: 'Search' }).evaluate((pane) => pane.scrollTo(0, 1e6))
  await page.waitForFunction(() => document.querySelectorAll('[role=option].result').length >= 40)
  await page.getByRole('region', { name: 'Search' }).evaluate((pane) => pane.scrollTo(0, 1e6))
  await page.getByText('That is all').waitFor()
  expect(await results(page).count()).toBe(45)
  await expectAccessible(page, 'phone: search')

  problems.expect(/503|Failed to load/)
  await page.route('**/api/search?**', (route) => route.fulfill({ status: 503, body: '{}' }))
  await line(page).fill('balloons')
  await page.getByText('The search didn’t work').waitFor()
  await page.unroute('**/api/search?**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await results(page).first().waitFor()
})
