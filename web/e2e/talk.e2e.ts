import { afterAll, beforeAll, expect, test } from 'bun:test'
import { composer, openRoom, orderOf, roomLink, row, say, seen } from './talk.ts'
import { makeRoom, openWorld, password, type World } from './world.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

test('two people sign up, the first makes a room, the second finds it, and they talk', async () => {
  const ada = await world.visitor('Ada')
  await ada.page.goto('/')
  await ada.page.getByRole('link', { name: 'New here? Create an account' }).click()
  await ada.page.getByLabel('Your name').fill('Ada')
  await ada.page.getByLabel('E-mail').fill(ada.email)
  await ada.page.getByLabel('Password', { exact: true }).fill(password)
  await ada.page.getByRole('button', { name: 'Create account' }).click()
  await ada.page.getByText('You are the first here, so you are the owner.').waitFor()

  await ada.page
    .getByRole('main')
    .getByRole('button', { name: /Create a room/ })
    .click()
  await ada.page.getByLabel('Name', { exact: true }).fill('General')
  await ada.page.getByRole('button', { name: 'Create room' }).click()
  await ada.page.getByRole('heading', { level: 1, name: 'General' }).waitFor()
  await say(ada.page, 'Is anybody here?')
  await seen(ada.page, 'Is anybody here?')

  const grace = await world.member('Grace')
  await grace.page
    .getByRole('main')
    .getByRole('link', { name: /Look around/ })
    .click()
  await grace.page.getByRole('button', { name: 'Join General' }).click()
  await seen(grace.page, 'Is anybody here?')
  await say(grace.page, 'I am, @ada')
  await seen(ada.page, 'I am, @ada')

  const texts = ['Is anybody here?', 'I am, @ada']
  expect(await orderOf(ada.page, texts)).toEqual(texts)
  expect(await orderOf(grace.page, texts)).toEqual(texts)
})

test('an edit and a deletion reach the other', async () => {
  const linus = await world.member('Linus')
  const margaret = await world.member('Margaret')
  await makeRoom(linus, 'workshop', [margaret])
  await openRoom(linus.page, 'workshop')
  await openRoom(margaret.page, 'workshop')
  await say(linus.page, 'The meeting is at tne')
  await seen(margaret.page, 'The meeting is at tne')

  await composer(linus.page).press('ArrowUp')
  await linus.page.getByText('Editing your message').waitFor()
  const field = linus.page.locator('textarea:focus')
  await field.fill('The meeting is at ten')
  await field.press('Enter')
  await row(margaret.page, 'The meeting is at ten').getByText('edited').waitFor()

  await row(linus.page, 'The meeting is at ten').hover()
  await row(linus.page, 'The meeting is at ten')
    .getByRole('button', { name: 'More actions' })
    .click()
  await linus.page.getByRole('menuitem', { name: 'Delete' }).click()
  await linus.page.getByRole('button', { name: 'Delete for everyone' }).click()
  await row(margaret.page, 'This message was deleted').waitFor()
  await row(linus.page, 'This message was deleted').waitFor()
  expect(await row(margaret.page, 'The meeting is at ten').count()).toBe(0)
})

test('a direct message is made once, shows a badge, and stays between the two', async () => {
  const alan = await world.member('Alan')
  const barbara = await world.member('Barbara')
  await alan.page.getByRole('button', { name: 'New message' }).first().click()
  await alan.page.getByLabel('Search people by name or handle').fill('barb')
  await alan.page.getByRole('button', { name: /Barbara/ }).click()
  await alan.page.getByRole('button', { name: 'Start talking' }).click()
  await alan.page.getByRole('heading', { level: 1, name: 'Barbara' }).waitFor()
  await say(alan.page, 'Just between us')

  await roomLink(barbara.page, /Alan.*1 for you/).click()
  await seen(barbara.page, 'Just between us')
  await barbara.page.waitForFunction(() => document.title === 'Alan · Parley')
  const { room } = await barbara.call<{ room: { id: string } }>('POST', '/api/rooms/direct', {
    userIds: [(await alan.call<{ user: { id: string } }>('GET', '/api/users/me')).user.id],
  })
  expect(new URL(barbara.page.url()).pathname).toBe(`/d/${room.id}`)

  const stranger = await world.member('Niklaus')
  stranger.problems.expect(/404/)
  await stranger.page.goto(`/d/${room.id}`)
  await stranger.page.getByText('There is nothing here').waitFor()
})
