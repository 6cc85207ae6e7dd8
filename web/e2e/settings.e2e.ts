import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { composer, openRoom, row, say, seen } from './talk.ts'
import { makeRoom, openWorld, password, type Person, type World } from './world.ts'

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

async function signIn(page: Page, email: string, secret: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('a changed name and colour are seen by another person at once; a taken handle is told at its field', async () => {
  await makeRoom(ada, 'studio', [grace])
  await openRoom(ada.page, 'studio')
  await say(ada.page, 'New paint')
  await openRoom(grace.page, 'studio')
  await seen(grace.page, 'New paint')
  const { page } = ada
  await page.goto('/settings/profile')
  ada.problems.expect(/409.*users\/me/)
  await page.getByLabel('Handle').fill('grace')
  await page.getByRole('button', { name: 'Save profile' }).click()
  await page.getByRole('alert').filter({ hasText: 'is taken' }).waitFor()
  const handle = page.getByLabel('Handle')
  expect(await handle.getAttribute('aria-invalid')).toBe('true')

  await handle.fill('countess')
  await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace')
  const color = page.getByRole('radio', { name: 'Colour 7' })
  const other = page.getByRole('radio', { name: 'Colour 8' })
  const wanted = (await color.isChecked()) ? other : color
  await wanted.locator('..').click()
  await page.getByRole('button', { name: 'Save profile' }).click()
  await page.getByText('Profile saved').waitFor()
  await page.getByRole('button', { name: /Ada Lovelace/ }).waitFor()

  const said = row(grace.page, 'New paint')
  await said.getByText('Ada Lovelace').waitFor()
  await said
    .locator(`.avatar-color-${wanted === color ? 6 : 7}`)
    .first()
    .waitFor()
})

test('security 11: a new password needs the current one, and ends every other session', async () => {
  const { page } = grace
  const other = await world.visitor('OtherDevice')
  other.problems.expect(/401/)
  await other.page.goto('/settings/sessions')
  await signIn(other.page, grace.email, password)
  await other.page.getByText('This device', { exact: true }).waitFor()

  await page.goto('/settings/sessions')
  const sessions = page.getByRole('region', { name: 'Devices' }).getByRole('listitem')
  await sessions.nth(1).waitFor()
  expect(await sessions.filter({ hasText: 'This device' }).count()).toBe(1)
  expect(await sessions.getByRole('button', { name: /^Sign out Chrome/ }).count()).toBe(1)

  grace.problems.expect(/401.*auth\/password/)
  await page.goto('/settings/password')
  await page.getByLabel('Current password').fill('not this one')
  await page.getByLabel('New password').fill('staple battery horse')
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('That is not your current password.').waitFor()
  expect(await page.getByLabel('Current password').getAttribute('aria-invalid')).toBe('true')

  await page.getByLabel('Current password').fill(password)
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('Password changed. Other devices are signed out.').waitFor()
  await other.page.getByText('You were signed out on another device').waitFor()
  await signIn(other.page, grace.email, password)
  await other.page.getByText('The e-mail or the password is wrong.').waitFor()
  await signIn(other.page, grace.email, 'staple battery horse')
  await other.page.getByText('This device', { exact: true }).waitFor()
})

test('a theme survives a reload, and the system’s is followed when asked to', async () => {
  const linus = await world.member('Linus')
  const { page } = linus
  /** What is painted, not what was asked for; a change fades in. */
  const painted = async (dark: boolean) => {
    await page.waitForFunction((wanted) => {
      const paper = getComputedStyle(document.documentElement).backgroundColor
      const lightness = /^oklch\(([\d.]+)/.exec(paper)?.[1]
      return lightness !== undefined && Number(lightness) < 0.5 === wanted
    }, dark)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/settings/appearance')
  const theme = page.getByRole('group', { name: 'Theme' })
  for (const [name, dark] of [
    ['Dark', true],
    ['Light', false],
  ] as const) {
    await theme.getByRole('radio', { name }).locator('..').click()
    await painted(dark)
    // The system says the opposite of what was chosen.
    await page.emulateMedia({ colorScheme: dark ? 'light' : 'dark' })
    await page.reload()
    await theme.getByRole('radio', { name, checked: true }).waitFor()
    await painted(dark)
  }
  await theme.getByRole('radio', { name: 'Like the system' }).locator('..').click()
  await painted(true)
  await page.reload()
  await theme.getByRole('radio', { name: 'Like the system', checked: true }).waitFor()
  await painted(true)
  await page.emulateMedia({ colorScheme: 'light' })
  await painted(false)
})

test('without “Enter sends”, Enter makes a line and Ctrl+Enter sends', async () => {
  const hedy = await world.member('Hedy')
  const { page } = hedy
  await makeRoom(hedy, 'patents')
  await page.goto('/settings/appearance')
  const enterSends = page.getByRole('switch', { name: 'Enter sends' })
  expect(await enterSends.isChecked()).toBe(true)
  await page.getByText('Enter sends', { exact: true }).click()
  expect(await enterSends.isChecked()).toBe(false)
  await openRoom(page, 'patents')
  await composer(page).pressSequentially('one')
  await composer(page).press('Enter')
  await composer(page).pressSequentially('two')
  expect(await composer(page).inputValue()).toBe('one\ntwo')
  await composer(page).press('Control+Enter')
  await seen(page, /one\s*two/)
  expect(await composer(page).inputValue()).toBe('')
})
