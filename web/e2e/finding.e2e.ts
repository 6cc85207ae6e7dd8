import { afterAll, beforeAll, expect, test } from 'bun:test'
import { openRoom, roomLink, row, say, seen } from './talk.ts'
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

test('browse finds a room by its name, and joining leads into it', async () => {
  await makeRoom(ada, 'astronomy')
  await makeRoom(ada, 'botany')
  const { page } = grace
  await roomLink(page, 'Browse rooms').click()
  await page.getByRole('button', { name: 'Join botany' }).waitFor()
  await page.getByLabel('Search rooms by name').fill('astro')
  await page.getByRole('button', { name: 'Join botany' }).waitFor({ state: 'detached' })
  await page.getByLabel('Search rooms by name').fill('zoology')
  await page.getByText('No room fits “zoology”.').waitFor()
  await page.getByLabel('Search rooms by name').fill('ASTRO')
  await page.getByRole('button', { name: 'Join astronomy' }).click()
  await page.waitForURL((url) => url.pathname === '/r/astronomy')
  await row(page, 'Grace joined').waitFor()
  await roomLink(page, 'astronomy').waitFor()
})

test('a direct message of three is named after the others, and made once', async () => {
  const linus = await world.member('Linus')
  const { page } = ada
  await page.getByRole('button', { name: 'New message' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New message' })
  for (const name of ['Grace', 'Linus']) {
    await dialog.getByLabel('Search people by name or handle').fill(name)
    await dialog.getByRole('button', { name: new RegExp(`^(?!Remove).*${name}`) }).click()
    await dialog.getByRole('button', { name: `Remove ${name}` }).waitFor()
  }
  await dialog.getByRole('button', { name: 'Start talking' }).click()
  await page.getByRole('heading', { level: 1, name: 'Grace, Linus' }).waitFor()
  await say(page, 'The three of us')
  await roomLink(linus.page, /Ada, Grace.*1 for you/).click()
  await seen(linus.page, 'The three of us')
  await roomLink(grace.page, /Ada, Linus.*1 for you/).waitFor()

  const path = new URL(page.url()).pathname
  const ids = await Promise.all(
    [ada, grace].map(async (person) => {
      const { user } = await person.call<{ user: { id: string } }>('GET', '/api/users/me')
      return user.id
    }),
  )
  const { room } = await linus.call<{ room: { id: string } }>('POST', '/api/rooms/direct', {
    userIds: ids,
  })
  expect(path).toBe(`/d/${room.id}`)
})

test('security 22: an unknown address and a private room are told in the same words', async () => {
  await ada.call('POST', '/api/rooms', { name: 'secret', kind: 'private' })
  const { page, problems } = grace
  problems.expect(/404/)
  const told: (string | null)[] = []
  for (const slug of ['secret', 'no-such-room']) {
    await page.goto(`/r/${slug}`)
    await page.getByText('There is nothing here').waitFor()
    told.push(await page.getByRole('main').textContent())
    expect(await page.title()).toEndWith('Not found · Parley')
  }
  expect(told[0]).toBe(told[1] ?? '')
})

test('a link to a chat far up opens the room with that chat in the middle', async () => {
  const room = await makeRoom(ada, 'library', [grace])
  for (let book = 1; book <= 120; book += 1)
    await ada.call('POST', `/api/rooms/${room.id}/chats`, { message: `Book number ${book}.` })
  // The room's first chats tell that it was made and that Grace joined.
  const { chats } = await ada.call<{ chats: { seq: number; message: string }[] }>(
    'GET',
    `/api/rooms/${room.id}/chats?after=0&limit=50`,
  )
  const seq = chats.find(({ message }) => message === 'Book number 30.')?.seq
  await grace.page.goto(`/r/library?at=${seq}`)
  await row(grace.page, 'Book number 30.').waitFor()
  await grace.page.waitForFunction((at) => {
    const log = document.querySelector('[role=log]')?.getBoundingClientRect()
    const box = Array.from(document.querySelectorAll('[role=log] [role=article]'))
      .find((one) => one.textContent?.includes(at))
      ?.getBoundingClientRect()
    if (!log || !box) return false
    const away = (box.top + box.bottom) / 2 - (log.top + log.bottom) / 2
    return Math.abs(away) < log.height / 6
  }, 'Book number 30.')
})

test('what comes while one reads further up begins at a New line, wherever the earlier one was', async () => {
  const room = await makeRoom(ada, 'archive', [grace])
  const post = (from: Person, message: string) =>
    from.call('POST', `/api/rooms/${room.id}/chats`, { message })
  for (let shelf = 1; shelf <= 60; shelf += 1) await post(grace, `Shelf number ${shelf}.`)
  const { page } = grace
  await openRoom(page, 'archive')
  await seen(page, 'Shelf number 60.')
  expect(await page.locator('.new-line').count()).toBe(0)
  const isLineAbove = (text: string) =>
    page.waitForFunction((said) => {
      const line = document.querySelector('.new-line')
      return line?.parentElement?.textContent?.includes(said) === true
    }, text)

  for (const texts of [
    ['First of all', 'Second of all'],
    ['Third of all', 'Last of all'],
  ] as const) {
    await page.getByRole('log').hover()
    await page.mouse.wheel(0, -600)
    await page.getByRole('button', { name: 'Jump to latest' }).waitFor()
    for (const text of texts) await post(ada, text)
    await page.getByRole('button', { name: '2 new messages' }).click()
    await seen(page, texts[1])
    await isLineAbove(texts[0])
    await page.getByRole('button', { name: '2 new messages' }).waitFor({ state: 'detached' })
    expect(await page.locator('.new-line').count()).toBe(1)
  }
})

test('an unread room is bold and counted in title and icon, and a second tab hears within a second that it is read', async () => {
  await makeRoom(ada, 'market', [grace])
  await makeRoom(ada, 'porch', [grace])
  await openRoom(ada.page, 'market')
  await openRoom(grace.page, 'porch')
  const tab = await grace.newTab('/r/porch')
  const weight = () =>
    roomLink(tab, /market/).evaluate((link) => Number(getComputedStyle(link).fontWeight))
  // Polled: seen once, the computed style of a row followed its text only after a moment.
  const weightComes = async (isRight: (now: number) => boolean) => {
    const untilMs = performance.now() + 2_000
    while (!isRight(await weight())) {
      if (performance.now() > untilMs) throw new Error(`the weight stays ${await weight()}`)
    }
  }
  const icon = () => tab.locator('link[rel=icon]').getAttribute('href')
  await roomLink(tab, 'market').waitFor()
  const calm = { weight: await weight(), icon: await icon() }

  await say(ada.page, 'Apples today')
  await roomLink(tab, /market.*unread/).waitFor()
  await weightComes((now) => now > calm.weight)
  expect(await roomLink(tab, /market.*for you/).count()).toBe(0)
  await say(ada.page, 'And pears, @grace')
  await roomLink(tab, /market.*1 for you/).waitFor()
  // Linus' talk of three waits unread as well.
  await tab.waitForFunction(() => /^\([12]\) /.test(document.title))
  await tab.locator('link[rel=icon][href^="data:image/png"]').waitFor({ state: 'attached' })
  const before = await tab.title()

  await roomLink(grace.page, /market/).click()
  await seen(grace.page, 'And pears')
  await roomLink(tab, /market.*unread/).waitFor({ state: 'detached', timeout: 1_000 })
  await weightComes((now) => now === calm.weight)
  await tab.waitForFunction((title) => document.title !== title, before)
})
