import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Locator, Page } from 'playwright-core'
import type { Chat } from '../../src/protocol/chats.ts'
import { expectAccessible } from './axe.ts'
import { composer, openRoom, roomLink, row, say, seen } from './talk.ts'
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

const post = async (person: Person, roomId: string, body: object): Promise<Chat> =>
  (await person.call<{ chat: Chat }>('POST', `/api/rooms/${roomId}/chats`, body)).chat
const cards = (page: Page): Locator => page.locator('.chat-cards').getByRole('article')
const card = (page: Page, text: string): Locator => cards(page).filter({ hasText: text })

async function fromMenu(page: Page, text: string, name: string): Promise<void> {
  await row(page, text).hover()
  await row(page, text).getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menu', { name: 'Message actions' }).getByRole('menuitem', { name }).click()
}

test('a pin is seen by all, counted above the room, listed, and leads to its place', async () => {
  const room = await makeRoom(ada, 'notice-board', [grace])
  await post(ada, room.id, { message: 'The rules of the house' })
  for (let nth = 1; nth <= 60; nth += 1) await post(ada, room.id, { message: `chatter ${nth}.` })
  await ada.page.goto('/r/notice-board?at=2')
  await openRoom(grace.page, 'notice-board')
  await row(ada.page, 'The rules of the house').focus()
  await ada.page.keyboard.press('p')
  await row(ada.page, 'The rules of the house').getByText('Pinned by Ada').waitFor()

  await grace.page.getByRole('button', { name: '1 pinned message' }).click()
  const panel = grace.page.getByRole('complementary', { name: 'Pinned messages' })
  await panel.getByText('The rules of the house').waitFor()
  await expectAccessible(grace.page, 'pins')
  await panel.getByRole('link', { name: /Ada/ }).click()
  await row(grace.page, 'The rules of the house').and(grace.page.locator('.chat-flash')).waitFor()
  await fromMenu(grace.page, 'The rules of the house', 'Unpin')
  await ada.page.getByText('Pinned by Ada').waitFor({ state: 'detached' })
  await grace.page.getByRole('button', { name: /pinned message/ }).waitFor({ state: 'detached' })
})

test('what an answer told ahead of its frame shows everywhere, not in the room alone', async () => {
  const room = await makeRoom(ada, 'early', [grace])
  await post(ada, room.id, { message: 'Faster than its frame' })
  const tab = await grace.context.newPage()
  await tab.routeWebSocket(/\/ws/, (socket) => {
    const server = socket.connectToServer()
    // The slowest frame there is: it never comes.
    server.onMessage((text) => {
      if (!String(text).includes('"chat_updated"')) socket.send(text)
    })
  })
  await openRoom(tab, 'early')
  await row(tab, 'Faster than its frame').focus()
  await tab.keyboard.press('p')
  await tab.getByRole('button', { name: '1 pinned message' }).waitFor()
  await tab.close()
})

test('what is saved is marked, on my other devices too, listed for me alone, and taken off again', async () => {
  await makeRoom(ada, 'library', [grace])
  await openRoom(ada.page, 'library')
  await openRoom(grace.page, 'library')
  await say(ada.page, 'A book to read')
  await seen(grace.page, 'A book to read')
  const tab = await grace.newTab('/saved')
  await tab.getByText('Nothing saved yet').waitFor()
  await expectAccessible(tab, 'saved: nothing')

  await row(grace.page, 'A book to read').focus()
  await grace.page.keyboard.press('s')
  await row(grace.page, 'A book to read').getByText('Saved', { exact: true }).waitFor()
  await card(tab, 'A book to read').waitFor()
  await expectAccessible(tab, 'saved')
  expect(await row(ada.page, 'A book to read').getByText('Saved', { exact: true }).count()).toBe(0)

  await ada.page.getByRole('textbox', { name: /^Message/ }).press('ArrowUp')
  await ada.page.locator('textarea:focus').fill('A better book to read')
  await ada.page.locator('textarea:focus').press('Enter')
  await card(tab, 'A better book to read').waitFor()
  await card(tab, 'A better book to read')
    .getByRole('button', { name: 'Remove from saved' })
    .click()
  await tab.getByText('Nothing saved yet').waitFor()
  await row(grace.page, 'A better book to read')
    .getByText('Saved', { exact: true })
    .waitFor({ state: 'detached' })
  await tab.close()
})

test('MT1: what mentions me by name, @room or @here is marked, listed, and leads to its place', async () => {
  const room = await makeRoom(ada, 'office', [grace])
  await openRoom(grace.page, 'office')
  await grace.page.goto('/mentions')
  await grace.page.getByText('Nobody has mentioned you yet').waitFor()
  await expectAccessible(grace.page, 'mentions: none')
  await post(ada, room.id, { message: 'Nothing for anyone' })
  const root = await post(ada, room.id, { message: '@grace by name' })
  await post(ada, room.id, { message: '@room for all of us' })
  await post(ada, room.id, { message: '@here for who is here' })
  await post(ada, room.id, { message: '@grace in a thread', threadId: root.id })
  await card(grace.page, '@grace in a thread').waitFor()
  expect(await cards(grace.page).count()).toBe(4)
  await expectAccessible(grace.page, 'mentions')

  await card(grace.page, '@grace in a thread').getByRole('link', { name: /Ada/ }).click()
  const thread = grace.page.getByRole('complementary', { name: 'Thread' })
  await thread.getByRole('article').filter({ hasText: '@grace in a thread' }).waitFor()
  for (const text of ['@grace by name', '@room for all of us', '@here for who is here'])
    await row(grace.page, text).and(grace.page.locator('.chat-mentions-me')).first().waitFor()
  expect(
    await row(grace.page, 'Nothing for anyone')
      .and(grace.page.locator('.chat-mentions-me'))
      .count(),
  ).toBe(0)
})

test('a room marked unread from a chat on stays so while it is open, and is read when opened again', async () => {
  await makeRoom(ada, 'reading', [grace])
  await makeRoom(ada, 'elsewhere', [grace])
  await openRoom(ada.page, 'reading')
  await openRoom(grace.page, 'reading')
  await say(ada.page, 'first of three')
  await say(ada.page, 'second of three')
  await say(ada.page, 'third of three')
  await seen(grace.page, 'third of three')
  await roomLink(grace.page, 'reading').and(grace.page.locator(':not(.unread)')).waitFor()

  await row(grace.page, 'second of three').focus()
  await grace.page.keyboard.press('u')
  await grace.page.locator('.new-line').waitFor()
  await roomLink(grace.page, /reading.*unread/).waitFor()
  await say(ada.page, 'and a fourth')
  await seen(grace.page, 'and a fourth')
  await roomLink(grace.page, /reading.*unread/).waitFor()
  await roomLink(grace.page, 'elsewhere').click()
  await grace.page.getByRole('heading', { level: 1, name: 'elsewhere' }).waitFor()
  await roomLink(grace.page, /reading.*unread/).click()
  await seen(grace.page, 'and a fourth')
  await grace.page.locator('.new-line').waitFor()
  await roomLink(grace.page, 'reading').and(grace.page.locator(':not(.unread)')).waitFor()
})

test('ED1: what a message said before each edit can be read by everyone in the room', async () => {
  const room = await makeRoom(ada, 'press', [grace])
  const chat = await post(ada, room.id, { message: 'We meet at nine' })
  await openRoom(grace.page, 'press')
  await seen(grace.page, 'We meet at nine')
  for (const message of ['We meet at ten', 'We meet at **eleven**'])
    await ada.call('PATCH', `/api/rooms/${room.id}/chats/${chat.id}`, { message })
  await row(grace.page, 'We meet at eleven').getByRole('button', { name: 'edited' }).click()
  const dialog = grace.page.getByRole('dialog', { name: 'Edit history' })
  await dialog.getByText('We meet at nine').waitFor()
  const told = await dialog.getByRole('listitem').allTextContents()
  expect(told.map((text) => /nine|ten|eleven/.exec(text)?.[0])).toEqual(['eleven', 'ten', 'nine'])
  await expectAccessible(grace.page, 'edit history')
  await grace.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})

test('pins and marks outlive a server that is killed', async () => {
  const room = await makeRoom(ada, 'bunker', [grace])
  const chat = await post(ada, room.id, { message: 'Keep this' })
  await openRoom(ada.page, 'bunker')
  await openRoom(grace.page, 'bunker')
  await seen(ada.page, 'Keep this')
  await row(ada.page, 'Keep this').focus()
  await ada.page.keyboard.press('s')
  await ada.page.getByText('Saved for later').waitFor()
  await world.server.kill()
  await grace.page.getByText('Connection lost.').waitFor()
  await world.server.start()
  await ada.call('PUT', `/api/rooms/${room.id}/chats/${chat.id}/pin`)
  for (const { page } of [ada, grace]) {
    await row(page, 'Keep this').getByText('Pinned by Ada').waitFor()
    await page.getByRole('button', { name: '1 pinned message' }).waitFor()
  }
  await ada.page.reload()
  await row(ada.page, 'Keep this').getByText('Saved', { exact: true }).waitFor()
  await composer(ada.page).waitFor()
})

test('a list that can’t be loaded says so, and tries again when asked', async () => {
  await grace.page.route('**/api/saved**', (route) => route.abort())
  await grace.page.goto('/saved')
  await grace.page.getByText('This list could not be loaded').waitFor()
  await expectAccessible(grace.page, 'saved: failed')
  await grace.page.unroute('**/api/saved**')
  await grace.page.getByRole('button', { name: 'Try again' }).click()
  await grace.page.getByText('Nothing saved yet').waitFor()
})
