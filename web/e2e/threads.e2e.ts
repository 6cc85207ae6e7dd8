import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Locator, Page } from 'playwright-core'
import type { Chat } from '../../src/protocol/chats.ts'
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
  for (const person of [ada, grace]) person.problems.expect(/ERR_|WebSocket connection|50[023]/)
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

const panel = (page: Page): Locator => page.getByRole('complementary', { name: /^Thread/ })
const replies = (page: Page): Locator => panel(page).getByRole('log').getByRole('article')
const field = (page: Page): Locator => panel(page).getByRole('textbox')
const line = (page: Page, text: string): Locator =>
  inRoom(page, text).getByRole('button', { name: /repl(y|ies)/ })
const inRoom = (page: Page, text: string): Locator =>
  page
    .getByRole('log', { name: /^Messages in/ })
    .getByRole('article')
    .filter({ hasText: text })

async function answer(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
  await replies(page).filter({ hasText: text }).waitFor()
}

async function openThread(page: Page, text: string): Promise<void> {
  await inRoom(page, text).hover()
  await inRoom(page, text).getByRole('button', { name: 'Reply in thread' }).click()
  await field(page).waitFor()
}

/** Each of `texts` once in the thread, in this order. */
async function inThread(page: Page, texts: readonly string[]): Promise<void> {
  for (const text of texts) await replies(page).filter({ hasText: text }).waitFor()
  const shown = await replies(page).allTextContents()
  expect(shown.flatMap((said) => texts.filter((text) => said.includes(text)))).toEqual([...texts])
}

const post = async (person: Person, roomId: string, body: object): Promise<Chat> =>
  (await person.call<{ chat: Chat }>('POST', `/api/rooms/${roomId}/chats`, body)).chat

test('TH1: two people talk in a thread; the room shows one line with faces, count and what is unread', async () => {
  await makeRoom(ada, 'garden', [grace])
  await openRoom(ada.page, 'garden')
  await openRoom(grace.page, 'garden')
  await say(ada.page, 'Shall we plant tomatoes?')
  await seen(grace.page, 'Shall we plant tomatoes?')

  await openThread(grace.page, 'tomatoes')
  await grace.page.waitForURL(/thread=/)
  await answer(grace.page, 'Yes, the red ones')
  await line(ada.page, 'tomatoes').waitFor()
  expect(await line(ada.page, 'tomatoes').textContent()).toContain('1 reply')
  await line(ada.page, 'tomatoes').getByText('new replies').waitFor()
  expect(await inRoom(ada.page, 'the red ones').count()).toBe(0)

  await line(ada.page, 'tomatoes').click()
  await inThread(ada.page, ['Shall we plant tomatoes?', 'Yes, the red ones'])
  await line(ada.page, 'tomatoes').getByText('new replies').waitFor({ state: 'detached' })
  await answer(ada.page, 'Then I order seeds')
  await inThread(grace.page, [
    'Shall we plant tomatoes?',
    'Yes, the red ones',
    'Then I order seeds',
  ])
  expect(await line(grace.page, 'tomatoes').textContent()).toContain('2 replies')
  await expectAccessible(ada.page, 'thread panel')

  // Also said in the room, where it leads back to its thread.
  await panel(grace.page).getByRole('checkbox', { name: 'Also send to the room' }).check()
  await answer(grace.page, 'Seeds are on their way')
  await inRoom(ada.page, 'Seeds are on their way').waitFor()
  await ada.page.goBack()
  await panel(ada.page).waitFor({ state: 'detached' })
  await inRoom(ada.page, 'Seeds are on their way')
    .getByRole('button', { name: 'Replied in a thread' })
    .click()
  await inThread(ada.page, ['Then I order seeds', 'Seeds are on their way'])
})

test('the view of my threads: unread ones first, opened in place; what I no longer follow leaves it', async () => {
  const room = await makeRoom(ada, 'orchard', [grace])
  const pears = await post(ada, room.id, { message: 'About pears' })
  const plums = await post(ada, room.id, { message: 'About plums' })
  await post(ada, room.id, { message: 'mine alone', threadId: plums.id })
  await post(grace, room.id, { message: 'Pears are sweet', threadId: pears.id })
  const { page } = ada
  await page.goto('/threads')
  const unread = page.getByRole('region', { name: 'Unread' }).getByRole('article')
  await unread.filter({ hasText: 'About pears' }).waitFor()
  await page
    .getByRole('region', { name: 'Earlier' })
    .getByRole('article')
    .filter({ hasText: 'About plums' })
    .waitFor()
  await expectAccessible(page, 'threads view')

  await unread.filter({ hasText: 'About pears' }).getByRole('link').click()
  await inThread(page, ['About pears', 'Pears are sweet'])
  await unread.getByText('new replies').waitFor({ state: 'detached' })
  await panel(page).getByRole('button', { name: 'Following' }).click()
  await unread.filter({ hasText: 'About pears' }).waitFor({ state: 'detached' })
  await post(grace, room.id, { message: 'And juicy', threadId: pears.id })
  await inThread(page, ['About pears', 'Pears are sweet', 'And juicy'])
  await panel(page).getByRole('button', { name: 'Follow', exact: true }).waitFor()
  await page.goBack()
  await panel(page).waitFor({ state: 'detached' })
})

test('what is said in a thread while the line is down is there when it is back, once and in order', async () => {
  const room = await makeRoom(ada, 'cellar', [grace])
  const root = await post(ada, room.id, { message: 'Which barrels?' })
  await post(grace, room.id, { message: 'one', threadId: root.id })
  for (const { page } of [ada, grace]) {
    await page.goto(`/r/cellar?thread=${root.id}`)
    await inThread(page, ['Which barrels?', 'one'])
  }
  await ada.context.setOffline(true)
  await ada.page.getByText('You are offline.').waitFor()
  await answer(grace.page, 'two, while you were away')
  await answer(ada.page, 'three, from the tunnel')
  await ada.context.setOffline(false)
  const texts = ['Which barrels?', 'one', 'two, while you were away', 'three, from the tunnel']
  for (const { page } of [ada, grace]) {
    await inThread(page, texts)
    await replies(page).locator('.chat-clock').first().waitFor({ state: 'detached' })
  }
  await ada.page.reload()
  await inThread(ada.page, texts)
})

test('a server that is killed takes nothing of a thread along', async () => {
  const room = await makeRoom(ada, 'attic', [grace])
  const root = await post(ada, room.id, { message: 'The storm comes' })
  for (const { page } of [ada, grace]) {
    await page.goto(`/r/attic?thread=${root.id}`)
    await inThread(page, ['The storm comes'])
  }
  await answer(ada.page, 'wind')
  await inThread(grace.page, ['wind'])
  await world.server.kill()
  await answer(grace.page, 'rain')
  await answer(grace.page, 'thunder')
  await world.server.start()
  const texts = ['The storm comes', 'wind', 'rain', 'thunder']
  for (const { page } of [ada, grace]) await inThread(page, texts)
  await ada.page.getByText('Connection lost.').waitFor({ state: 'detached' })
  await answer(ada.page, 'sun')
  for (const { page } of [ada, grace]) await inThread(page, [...texts, 'sun'])
})

test('a long thread is read from both ends, and a link leads to one reply of it', async () => {
  const room = await makeRoom(ada, 'archive', [grace])
  const root = await post(ada, room.id, { message: 'A long story' })
  const told: Chat[] = []
  for (let nth = 1; nth <= 130; nth += 1)
    told.push(await post(grace, room.id, { message: `chapter ${nth}.`, threadId: root.id }))
  const { page } = ada
  await page.goto(`/r/archive?thread=${root.id}&at=${told[9]?.seq}`)
  const tenth = replies(page).filter({ hasText: 'chapter 10.' })
  await tenth.and(page.locator('.chat-flash')).waitFor()
  await panel(page)
    .getByRole('button', { name: /Jump to latest|new message/ })
    .click()
  await replies(page).filter({ hasText: 'chapter 130.' }).waitFor()
  await panel(page).getByRole('log').press('Home')
  await panel(page)
    .getByRole('log')
    .evaluate((log) => log.scrollTo(0, 0))
  await page.waitForFunction(() => {
    const log = document.querySelector('.room-panel [role=log]')
    log?.scrollTo(0, 0)
    return log?.textContent.includes('A long story')
  })
  await replies(page).filter({ hasText: 'chapter 1.' }).first().waitFor()
})

test('a long talk in a thread does not make its room look empty, nor hide what was said before it', async () => {
  const room = await makeRoom(ada, 'tower', [grace])
  for (let nth = 1; nth <= 30; nth += 1) await post(ada, room.id, { message: `before ${nth}.` })
  const root = await post(ada, room.id, { message: 'Let us talk about this' })
  for (let nth = 1; nth <= 120; nth += 1)
    await post(grace, room.id, { message: `aside ${nth}.`, threadId: root.id })
  await openRoom(ada.page, 'tower')
  await line(ada.page, 'Let us talk about this').waitFor()
  expect(await line(ada.page, 'Let us talk about this').textContent()).toContain('120 replies')
  await inRoom(ada.page, 'before 30.').waitFor()
  await say(ada.page, 'and now something else')
  await seen(ada.page, 'and now something else')
  expect(await inRoom(ada.page, 'aside').count()).toBe(0)
})

test('a reply in the room quotes what it answers and leads back to it; a deleted source says so', async () => {
  const room = await makeRoom(ada, 'parlour', [grace])
  const source = await post(ada, room.id, { message: 'Who has the key?' })
  for (let nth = 1; nth <= 60; nth += 1)
    await post(grace, room.id, { message: `meanwhile ${nth}.` })
  await openRoom(grace.page, 'parlour')
  await grace.page.goto(`/r/parlour?at=${source.seq}`)
  await row(grace.page, 'Who has the key?').and(grace.page.locator('.chat-flash')).waitFor()
  await row(grace.page, 'Who has the key?').focus()
  await grace.page.keyboard.press('r')
  await grace.page.getByText('Replying to Ada').waitFor()
  await say(grace.page, 'I do')
  await openRoom(ada.page, 'parlour')
  await ada.page
    .getByRole('button', { name: /Jump to latest|new messages/ })
    .last()
    .click()
  const quote = row(ada.page, 'I do').getByRole('link', {
    name: 'Answer to Ada: Who has the key?',
  })
  await quote.click()
  await row(ada.page, 'Who has the key?').and(ada.page.locator('.chat-flash')).waitFor()
  await ada.page.goBack()
  await row(ada.page, 'I do').waitFor()
  await ada.call('DELETE', `/api/rooms/${room.id}/chats/${source.id}`)
  // The quote changes along with its source, also for who looks at it.
  await row(ada.page, 'I do').getByText('The message was deleted').waitFor()
  await ada.page.reload()
  await row(ada.page, 'I do').getByText('The message was deleted').waitFor()
  await composer(ada.page).waitFor()
})

test('on a phone a thread fills the screen, and Back leads to the room', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const hedy = await world.member('Hedy', phone)
  const room = await makeRoom(ada, 'pocket', [hedy])
  const root = await post(ada, room.id, { message: 'From afar' })
  await post(ada, room.id, { message: 'first', threadId: root.id })
  await openRoom(hedy.page, 'pocket')
  await line(hedy.page, 'From afar').tap()
  await inThread(hedy.page, ['From afar', 'first'])
  const box = await panel(hedy.page).boundingBox()
  expect(box?.width).toBe(390)
  await field(hedy.page).fill('second')
  await panel(hedy.page).getByRole('button', { name: 'Send' }).tap()
  await inThread(hedy.page, ['From afar', 'first', 'second'])
  await expectAccessible(hedy.page, 'phone: thread')
  await hedy.page.goBack()
  await composer(hedy.page).waitFor()
  expect(await line(hedy.page, 'From afar').textContent()).toContain('2 replies')
})
