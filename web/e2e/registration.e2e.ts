import { afterAll, beforeAll, expect, test } from 'bun:test'
import './talk.ts'
import { openWorld, password, type World } from './world.ts'

let world: World

beforeAll(async () => {
  world = await openWorld({ REGISTRATION: 'closed' })
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

test('where registration is closed the first account is made, and the next is told why not', async () => {
  await world.member('Ada')
  const { page, problems } = await world.visitor('Grace')
  problems.expect(/403.*signup/)
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Grace')
  await page.getByLabel('E-mail').fill('grace@example.org')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  const alert = page.getByRole('alert')
  await alert.waitFor()
  expect(await alert.textContent()).toBe(
    'Sign-up is closed here. Ask the owner of this Parley for an account.',
  )
  // What was typed is still there, and sign-in is one step away.
  expect(await page.getByLabel('Your name').inputValue()).toBe('Grace')
  await page.getByRole('link', { name: /Sign in/ }).click()
  await page.getByRole('heading', { name: 'Sign in to Parley' }).waitFor()
})
