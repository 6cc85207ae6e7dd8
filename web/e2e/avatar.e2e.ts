import { afterAll, beforeAll, expect, test } from 'bun:test'
import { expectAccessible } from './axe.ts'
import { nextFrame } from './files-scene.ts'
import { png } from './sample-files.ts'
import { openRoom, row, say, seen } from './talk.ts'
import { makeRoom, openWorld, type World } from './world.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

test('a profile picture is cut by keys, and others see it at once; taken off, initials are back', async () => {
  const ada = await world.member('Ada')
  const bob = await world.member('Bob')
  await makeRoom(ada, 'studio', [bob])
  await openRoom(ada.page, 'studio')
  await openRoom(bob.page, 'studio')
  await say(ada.page, 'The new boards')
  await seen(bob.page, 'The new boards')
  const faces = row(bob.page, 'The new boards').locator('.avatar-picture')
  expect(await faces.count()).toBe(0)
  const { page } = ada
  await page.goto('/settings/profile')
  await page
    .locator('input[accept="image/*"]')
    .setInputFiles([png('tall.png', 300, 900, [40, 120, 80])])
  const dialog = page.getByRole('dialog', { name: 'Cut your picture' })
  const stage = dialog.getByRole('group', { name: 'Part of the picture to show' })
  await stage.waitFor()
  await expectAccessible(page, 'cutting a picture')
  const where = () => stage.locator('img').evaluate((image) => getComputedStyle(image).transform)
  const before = await where()
  await stage.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('+')
  await nextFrame(page)
  expect(await where()).not.toBe(before)
  await dialog.getByRole('button', { name: 'Save picture' }).click()
  await page.getByText('Picture saved').waitFor()
  await faces.first().waitFor()
  await row(bob.page, 'The new boards').locator('.avatar-picture:not(.avatar-coming)').waitFor()
  expect(await faces.first().evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(
    256,
  )
  // It stays with what is said from now on, and is there for who comes later.
  await openRoom(bob.page, 'studio')
  await say(bob.page, 'Who is there?')
  await openRoom(page, 'studio')
  await say(page, 'Do you know me?')
  const newest = row(bob.page, 'Do you know me?').locator('.avatar-picture')
  await newest.waitFor()
  await bob.page.reload()
  await newest.waitFor()
  await page.goto('/settings/profile')
  await page.getByRole('button', { name: 'Remove picture' }).click()
  await page.getByText('Picture removed').waitFor()
  await newest.waitFor({ state: 'detached' })
})
