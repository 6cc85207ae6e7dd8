import { afterAll, beforeAll, test } from 'bun:test'
import { expectAccessible } from './axe.ts'
import { openRoom, roomLink, say, seen } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

let world: World
let ada: Person
let grace: Person

beforeAll(async () => {
  world = await openWorld()
  ada = await world.member('Ada')
  grace = await world.member('Grace')
  await makeRoom(ada, 'general', [grace])
  await makeRoom(grace, 'gardening')
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

test('sign-in and sign-up', async () => {
  const { page } = await world.visitor('Visitor')
  await page.goto('/sign-in')
  await page.getByRole('heading', { name: 'Sign in to Parley' }).waitFor()
  await expectAccessible(page, 'sign-in')
  await page.goto('/sign-up')
  await page.getByRole('heading', { name: 'Create your account' }).waitFor()
  await expectAccessible(page, 'sign-up')
})

test('the welcome, a preview, and nothing', async () => {
  const { page, problems } = await world.member('Newcomer')
  await page.getByRole('heading', { name: 'Welcome, Newcomer' }).waitFor()
  await expectAccessible(page, 'welcome')
  await page.goto('/r/gardening')
  await page.getByRole('button', { name: 'Join gardening' }).waitFor()
  await expectAccessible(page, 'preview')
  problems.expect(/404/)
  await page.goto('/r/nowhere')
  await page.getByText('There is nothing here').waitFor()
  await expectAccessible(page, 'nowhere')
})

test('a room with unread ones beside it, its members and its settings', async () => {
  const { page } = ada
  await openRoom(page, 'general')
  await say(page, 'A **bold** claim, `code`, and https://example.org\n\n> quoted\n\n- one\n- two')
  await seen(page, 'bold')
  await openRoom(grace.page, 'general')
  await say(grace.page, '```ts\nconst answer = 42\n```\n@ada see above')
  await seen(page, 'see above')
  await makeRoom(ada, 'unread', [grace])
  await openRoom(grace.page, 'unread')
  await say(grace.page, 'Psst @ada')
  await roomLink(page, /unread.*1 for you/).waitFor()
  await expectAccessible(page, 'room')
  await page.getByRole('button', { name: /Show members/ }).click()
  await page.getByRole('complementary').getByText('@grace').waitFor()
  await expectAccessible(page, 'members')
  await page.getByRole('button', { name: 'Actions for Grace' }).click()
  await page.getByRole('menuitem', { name: 'Make admin' }).waitFor()
  await expectAccessible(page, 'member menu')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Room settings' }).click()
  await page.getByRole('button', { name: 'Leave room' }).click()
  await page.getByRole('alertdialog').waitFor()
  await expectAccessible(page, 'room settings and a question')
})

test('the dialogs', async () => {
  const { page } = ada
  await openRoom(page, 'general')
  await page.getByRole('button', { name: 'New room' }).click()
  await page.getByRole('dialog', { name: 'New room' }).waitFor()
  await expectAccessible(page, 'new room')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'New message' }).first().click()
  await page.getByRole('button', { name: /Grace/ }).last().click()
  await page.getByRole('button', { name: 'Remove Grace' }).waitFor()
  await expectAccessible(page, 'new message')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('option').first().waitFor()
  await expectAccessible(page, 'switcher')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+/')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await expectAccessible(page, 'shortcuts')
})

test('browse and settings', async () => {
  const { page } = ada
  await page.goto('/browse')
  await page.getByText('That’s all of them').waitFor()
  await expectAccessible(page, 'browse')
  for (const [section, button] of [
    ['profile', 'Save profile'],
    ['password', 'Change password'],
  ] as const) {
    await page.goto(`/settings/${section}`)
    await page.getByRole('button', { name: button }).waitFor()
    await expectAccessible(page, section)
  }
  await page.goto('/settings/sessions')
  await page.getByText('This device', { exact: true }).waitFor()
  await expectAccessible(page, 'sessions')
  await page.goto('/settings/appearance')
  await page.getByRole('switch', { name: 'Enter sends' }).waitFor()
  await expectAccessible(page, 'appearance')
})

test('a phone’s list and room', async () => {
  const phone = await world.member('Hedy', {
    viewport: { width: 390, height: 844 },
    isMobile: true,
  })
  await makeRoom(ada, 'pocket', [phone])
  await roomLink(phone.page, 'pocket').waitFor()
  await expectAccessible(phone.page, 'phone: list')
  await openRoom(phone.page, 'pocket')
  await expectAccessible(phone.page, 'phone: room')
})
