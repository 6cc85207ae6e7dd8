import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import './talk.ts'
import { makeRoom, openWorld, password, type World } from './world.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
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

test('security 16: a wrong password and an unknown address are told in the same words', async () => {
  const ada = await world.member('Ada')
  const visitor = await world.visitor('Visitor')
  visitor.problems.expect(/401.*signin/)
  await visitor.page.goto('/')
  const told: (string | null)[] = []
  for (const email of [ada.email, 'nobody@example.org']) {
    await signIn(visitor.page, email, 'not the password')
    const alert = visitor.page.getByRole('alert')
    await alert.waitFor()
    told.push(await alert.textContent())
    await visitor.page.reload()
  }
  expect(told[0]).toBe('The e-mail or the password is wrong.')
  expect(told[1]).toBe(told[0] ?? '')
})

test('a deep link survives sign-in, and a reload keeps the session without a flash of sign-in', async () => {
  const grace = await world.member('Grace')
  await makeRoom(grace, 'deep')
  const { page } = await world.visitor('Elsewhere')
  await page.goto('/r/deep?panel=members')
  await signIn(page, grace.email, password)
  await page.getByRole('complementary', { name: 'Members' }).waitFor()
  expect(new URL(page.url()).search).toBe('?panel=members')

  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (document.querySelector('input[type=password]')) console.error('sign-in was shown')
    }).observe(document, { childList: true, subtree: true })
  })
  await page.reload()
  await page.getByRole('complementary', { name: 'Members' }).waitFor()
})

test('what is wrong with a new account is told at its field', async () => {
  const { page, problems } = await world.visitor('Newcomer')
  problems.expect(/4(09|22).*signup/)
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Newcomer')
  await page.getByLabel('E-mail').fill('not-an-address')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByText('3 more characters').waitFor()
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText('must be an e-mail address').waitFor()
  await page.getByText('at least 8 characters').waitFor()
  const email = page.getByLabel('E-mail')
  expect(await email.getAttribute('aria-invalid')).toBe('true')
})

test('security 11: a device that is signed out elsewhere is told, and comes back to where it was', async () => {
  const linus = await world.member('Linus')
  await makeRoom(linus, 'kernel')
  const other = await world.visitor('OtherDevice')
  other.problems.expect(/401/)
  await other.page.goto('/r/kernel')
  await signIn(other.page, linus.email, password)
  await other.page.getByRole('heading', { level: 1, name: 'kernel' }).waitFor()

  await linus.page.goto('/settings/sessions')
  await linus.page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  const ask = linus.page.getByRole('alertdialog')
  await ask.getByText('1 other device has to sign in again.').waitFor()
  await ask.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await linus.page.getByText('You are signed in on this device only.').waitFor()

  await other.page.getByText('You were signed out on another device').waitFor()
  await signIn(other.page, linus.email, password)
  await other.page.getByRole('heading', { level: 1, name: 'kernel' }).waitFor()
})

test('sign-out leads to sign-in, and back does not lead in', async () => {
  const edsger = await world.member('Edsger')
  const { page } = edsger
  await page.getByRole('button', { name: /Account and settings/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL((url) => url.pathname === '/sign-in' && url.search === '')
  await page.getByRole('heading', { name: 'Sign in to Parley' }).waitFor()
  await page.goto('/settings')
  await page.getByRole('heading', { name: 'Sign in to Parley' }).waitFor()
})

test('sign-out is one load: sign-in is not shown by the old page first, and loaded away', async () => {
  const { page } = await world.member('Alan')
  await page.evaluate(() => {
    new MutationObserver(() => {
      if (document.querySelector('input[type=password]')) console.error('sign-in was shown')
    }).observe(document, { childList: true, subtree: true })
  })
  await page.getByRole('button', { name: /Account and settings/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in to Parley' }).waitFor()
})
