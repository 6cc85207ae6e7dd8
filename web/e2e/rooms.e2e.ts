import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Locator, Page } from 'playwright-core'
import { composer, openRoom, roomLink, row, say, seen } from './talk.ts'
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

const membersOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Members' })

async function openSettings(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Room settings' }).click()
  return page.getByRole('complementary', { name: 'Room settings' })
}

async function actOn(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

test('a private room is made, someone is added, promoted, demoted and removed; they see each at once', async () => {
  const { page } = ada
  await page.getByRole('button', { name: 'New room' }).click()
  const dialog = page.getByRole('dialog', { name: 'New room' })
  await dialog.getByLabel('Name', { exact: true }).fill('Council')
  await dialog.getByText('Private', { exact: true }).click()
  await dialog.getByText('Only people who are added can see it.').waitFor()
  await dialog.getByRole('button', { name: 'Create room' }).click()
  await page.getByRole('heading', { level: 1, name: 'Council' }).waitFor()
  grace.problems.expect(/404/)
  await grace.page.goto('/r/council')
  await grace.page.getByText('There is nothing here').waitFor()

  await page.getByRole('button', { name: /Show members/ }).click()
  await membersOf(page).getByRole('button', { name: 'Add people' }).click()
  const adding = page.getByRole('dialog', { name: 'Add people to Council' })
  await adding.getByLabel('Search people by name or handle').fill('grac')
  await adding.getByRole('button', { name: 'Add Grace' }).click()
  await adding.getByText('Already in').waitFor()
  await page.keyboard.press('Escape')
  await roomLink(grace.page, /Council/).waitFor()
  await roomLink(grace.page, /Council/).click()
  await composer(grace.page).waitFor()

  await actOn(page, 'Grace', 'Make admin')
  await row(grace.page, 'Ada made Grace an admin').waitFor()
  await grace.page.getByRole('button', { name: /Show members/ }).click()
  await membersOf(grace.page).getByRole('button', { name: 'Actions for Ada' }).waitFor()
  await actOn(page, 'Grace', 'Make member')
  await row(grace.page, 'Ada made Grace a member').waitFor()
  await membersOf(grace.page).getByText('Admin', { exact: true }).waitFor({ state: 'detached' })
  await membersOf(grace.page).getByRole('button', { name: 'Actions for Ada' }).click()
  expect(await grace.page.getByRole('menuitem').allTextContents()).toEqual(['Message Ada'])
  await grace.page.keyboard.press('Escape')

  await actOn(page, 'Grace', 'Remove from room')
  const ask = page.getByRole('alertdialog', { name: 'Remove Grace?' })
  await ask.getByText(/can’t read it any more/).waitFor()
  await ask.getByRole('button', { name: 'Remove Grace' }).click()
  await grace.page.getByText('You were removed from Council').waitFor()
  await grace.page.getByRole('link', { name: 'Back to my rooms' }).waitFor()
  await roomLink(grace.page, /Council/).waitFor({ state: 'detached' })
  await membersOf(page).getByText('@grace').waitFor({ state: 'detached' })
})

test('whoever is removed from a public room is told so, can join again, and is taken back by another', async () => {
  const room = await makeRoom(ada, 'plaza', [grace])
  const { user } = await grace.call<{ user: { id: string } }>('GET', '/api/users/me')
  const remove = () => ada.call('DELETE', `/api/rooms/${room.id}/members/${user.id}`)
  await openRoom(grace.page, 'plaza')
  await remove()
  await grace.page.getByText('You were removed from plaza').waitFor()
  await grace.page.getByRole('button', { name: 'Join plaza' }).click()
  await composer(grace.page).waitFor()
  await remove()
  await grace.page.getByText('You were removed from plaza').waitFor()
  await ada.call('POST', `/api/rooms/${room.id}/members`, { userId: user.id })
  await composer(grace.page).waitFor()
})

test('a rename moves the address for everyone who looks at it, and the topic is shown', async () => {
  await makeRoom(ada, 'old town', [grace])
  await openRoom(ada.page, 'old-town')
  await openRoom(grace.page, 'old-town')
  const panel = await openSettings(ada.page)
  await panel.getByLabel('Name', { exact: true }).fill('New Town')
  await panel.getByLabel('Topic').fill('Where we moved to')
  await panel.getByRole('button', { name: 'Save changes' }).click()
  for (const { page } of [ada, grace]) {
    await page.waitForURL((url) => url.pathname === '/r/new-town')
    await page.getByRole('heading', { level: 1, name: 'New Town' }).waitFor()
    await page.getByTitle('Where we moved to').waitFor()
    await row(page, 'renamed the room from old town to New Town').waitFor()
  }
  // A member may set the topic, not the name.
  const hers = await openSettings(grace.page)
  expect(await hers.getByLabel('Name', { exact: true }).isDisabled()).toBe(true)

  await makeRoom(ada, 'taken')
  ada.problems.expect(/409/)
  await panel.getByLabel('Name', { exact: true }).fill('Taken')
  await panel.getByRole('button', { name: 'Save changes' }).click()
  await panel.getByText('There is a room with this name, or one that looks like it.').waitFor()
})

test('an archived room closes its composer, leaves the sidebar, and can be brought back', async () => {
  await makeRoom(ada, 'attic', [grace])
  await openRoom(ada.page, 'attic')
  await openRoom(grace.page, 'attic')
  await say(grace.page, 'Dust')
  await seen(ada.page, 'Dust')
  const panel = await openSettings(ada.page)
  await panel.getByRole('button', { name: 'Archive room' }).click()
  const ask = ada.page.getByRole('alertdialog', { name: 'Archive attic?' })
  await ask.getByText(/sidebar of all 2 members/).waitFor()
  await ask.getByRole('button', { name: 'Archive room' }).click()
  for (const { page } of [ada, grace]) {
    await page.getByText('This room is archived. Nobody can write in it.').waitFor()
    expect(await composer(page).count()).toBe(0)
    await roomLink(page, 'attic').waitFor({ state: 'detached' })
    await seen(page, 'Dust')
  }
  await panel.getByRole('button', { name: 'Bring back' }).click()
  for (const { page } of [ada, grace]) {
    await composer(page).waitFor()
    await roomLink(page, 'attic').waitFor()
  }
})

test('leaving says what is lost, and the last owner is told why not', async () => {
  await makeRoom(ada, 'harbour', [grace])
  ada.problems.expect(/409.*leave/)
  await openRoom(ada.page, 'harbour')
  const panel = await openSettings(ada.page)
  await panel.getByRole('button', { name: 'Leave room' }).click()
  const ask = ada.page.getByRole('alertdialog', { name: 'Leave harbour?' })
  await ask.getByRole('button', { name: 'Leave harbour' }).click()
  await ask.getByText('The room needs an owner: make someone else owner first.').waitFor()

  await openRoom(grace.page, 'harbour')
  const hers = await openSettings(grace.page)
  await hers.getByRole('button', { name: 'Leave room' }).click()
  const asked = grace.page.getByRole('alertdialog', { name: 'Leave harbour?' })
  await asked.getByText(/You can join again at any time/).waitFor()
  await asked.getByRole('button', { name: 'Leave harbour' }).click()
  await grace.page.getByText('You left harbour').waitFor()
  await roomLink(grace.page, 'harbour').waitFor({ state: 'detached' })
  await row(ada.page, 'Grace left').waitFor()
})
