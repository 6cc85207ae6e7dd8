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
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

const post = async (person: Person, roomId: string, body: object): Promise<Chat> =>
  (await person.call<{ chat: Chat }>('POST', `/api/rooms/${roomId}/chats`, body)).chat
const pill = (page: Page, text: string, name: string | RegExp): Locator =>
  row(page, text).getByRole('group', { name: 'Reactions' }).getByRole('button', { name })

test('RE1: two people react; each sees whose it is, and a second press takes it off', async () => {
  await makeRoom(ada, 'fair', [grace])
  await openRoom(ada.page, 'fair')
  await openRoom(grace.page, 'fair')
  await say(ada.page, 'We won')
  await seen(grace.page, 'We won')

  await row(grace.page, 'We won').hover()
  await row(grace.page, 'We won').getByRole('button', { name: 'React with ❤️' }).click()
  await pill(grace.page, 'We won', 'You reacted with ❤️').waitFor()
  await pill(ada.page, 'We won', 'Grace reacted with ❤️').click()
  await pill(ada.page, 'We won', 'You and Grace reacted with ❤️').waitFor()
  await pill(grace.page, 'We won', 'You and Ada reacted with ❤️').waitFor()
  expect(await pill(ada.page, 'We won', /❤️/).getAttribute('aria-pressed')).toBe('true')
  await expectAccessible(ada.page, 'reactions')

  await pill(grace.page, 'We won', /❤️/).click()
  await pill(grace.page, 'We won', 'Ada reacted with ❤️').waitFor()
  await pill(ada.page, 'We won', 'You reacted with ❤️').click()
  await pill(ada.page, 'We won', /❤️/).waitFor({ state: 'detached' })
  await pill(grace.page, 'We won', /❤️/).waitFor({ state: 'detached' })
})

test('any emoji by the picker and the keyboard alone: + opens it, Enter picks what was searched', async () => {
  await makeRoom(ada, 'kitchen', [grace])
  await openRoom(ada.page, 'kitchen')
  await openRoom(grace.page, 'kitchen')
  await say(ada.page, 'Soup is ready')
  await seen(grace.page, 'Soup is ready')
  await row(grace.page, 'Soup is ready').focus()
  await grace.page.keyboard.press('+')
  await grace.page.getByRole('combobox', { name: /emoji/i }).fill('octopus')
  await grace.page
    .getByRole('option', { name: /octopus/i })
    .first()
    .waitFor()
  await grace.page.keyboard.press('Enter')
  await pill(ada.page, 'Soup is ready', 'Grace reacted with 🐙').waitFor()
  await row(grace.page, 'Soup is ready').and(grace.page.locator(':focus')).waitFor()
})

test('a reaction that is refused is taken back, and told', async () => {
  const room = await makeRoom(ada, 'museum', [grace])
  await openRoom(grace.page, 'museum')
  await post(ada, room.id, { message: 'Do not touch' })
  await seen(grace.page, 'Do not touch')
  grace.problems.expect(/Failed to load resource.*503|ERR_|503/)
  await grace.page.route('**/reactions/**', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/json',
      body: JSON.stringify({ error: { code: 'overloaded', message: 'later' } }),
    }),
  )
  await row(grace.page, 'Do not touch').hover()
  await row(grace.page, 'Do not touch').getByRole('button', { name: 'React with ❤️' }).click()
  await grace.page.getByText('The server has too much to do.').waitFor()
  await pill(grace.page, 'Do not touch', /❤️/).waitFor({ state: 'detached' })
  await grace.page.unroute('**/reactions/**')
})

test('reactions of someone whose name no page has shown are named all the same', async () => {
  const room = await makeRoom(ada, 'harbour', [grace])
  const stranger = await world.member('Margaret')
  await stranger.call('POST', `/api/rooms/${room.id}/join`)
  const chat = await post(ada, room.id, { message: 'Ships ahoy' })
  await stranger.call(
    'PUT',
    `/api/rooms/${room.id}/chats/${chat.id}/reactions/${encodeURIComponent('⛵')}`,
  )
  for (let nth = 0; nth < 60; nth += 1) await post(ada, room.id, { message: `wave ${nth}.` })
  await grace.page.goto(`/r/harbour?at=${chat.seq}`)
  await pill(grace.page, 'Ships ahoy', 'Margaret reacted with ⛵').waitFor()
})

test('reactions set while the line was down are there when it is back', async () => {
  grace.problems.expect(/ERR_|WebSocket/)
  const room = await makeRoom(ada, 'island', [grace])
  const chat = await post(ada, room.id, { message: 'Anybody there?' })
  await openRoom(grace.page, 'island')
  await seen(grace.page, 'Anybody there?')
  await grace.context.setOffline(true)
  await grace.page.getByText('You are offline.').waitFor()
  await ada.call(
    'PUT',
    `/api/rooms/${room.id}/chats/${chat.id}/reactions/${encodeURIComponent('🎉')}`,
  )
  await grace.context.setOffline(false)
  await pill(grace.page, 'Anybody there?', 'Ada reacted with 🎉').waitFor()
})

test('on a phone a long press opens all of it: quick reactions first', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const hedy = await world.member('Hedy', phone)
  const room = await makeRoom(ada, 'pocket', [hedy])
  await post(ada, room.id, { message: 'Press me for long' })
  await openRoom(hedy.page, 'pocket')
  const target = row(hedy.page, 'Press me for long')
  await target.waitFor()
  const box = await target.boundingBox()
  const touch = await hedy.context.newCDPSession(hedy.page)
  const at = { x: (box?.x ?? 0) + 120, y: (box?.y ?? 0) + 30 }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
  const menu = hedy.page.getByRole('menu', { name: 'Message actions' })
  await menu.waitFor()
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  for (const name of ['Reply', 'Reply in thread', 'Save for later', 'Copy text'])
    await menu.getByRole('menuitem', { name, exact: true }).waitFor()
  await expectAccessible(hedy.page, 'phone: menu of a chat')
  await menu.getByRole('menuitem', { name: 'React with ❤️' }).tap()
  await pill(hedy.page, 'Press me for long', 'You reacted with ❤️').waitFor()
  await composer(hedy.page).waitFor()
})
