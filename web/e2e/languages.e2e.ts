import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { expectAccessible } from './axe.ts'
import { openRoom, row, say, seen } from './talk.ts'
import { makeRoom, openWorld, password, type Person, type World } from './world.ts'

let world: World
let ada: Person
let bob: Person

beforeAll(async () => {
  world = await openWorld()
  ada = await world.member('Ada')
  bob = await world.member('Bob')
  await makeRoom(ada, 'General', [bob])
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

const html = (page: Page) => page.locator('html')

/** Notes every text that the page ever shows, from its first one on. */
const noteTexts = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const texts = new Set<string>()
    Object.assign(globalThis, { texts })
    new MutationObserver(() => texts.add(document.body?.textContent ?? '')).observe(document, {
      childList: true,
      subtree: true,
      characterData: true,
    })
  })

const shownTexts = (page: Page): Promise<string> =>
  page.evaluate(() => {
    // What `noteTexts` left there.
    const { texts } = globalThis as unknown as { texts: Set<string> }
    return [...texts].join('\n')
  })

test('a browser that asks for German gets it from the first text on, dates and all', async () => {
  const greta = await world.visitor('Greta', { locale: 'de-AT' })
  await noteTexts(greta.page)
  await greta.page.goto('/sign-in')
  await greta.page.getByRole('button', { name: 'Anmelden' }).waitFor()
  expect(await html(greta.page).getAttribute('lang')).toBe('de')
  expect(await html(greta.page).getAttribute('dir')).toBe('ltr')
  expect(await shownTexts(greta.page)).not.toMatch(/Sign in|Opening/)
  expect(await greta.page.title()).toBe('Anmelden · Parley')
})

test('who can’t read the page finds their language on it, and this browser remembers it', async () => {
  const visitor = await world.visitor('Hanna')
  const { page } = visitor
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'العربية' }).click()
  await page.getByRole('button', { name: 'تسجيل الدخول' }).waitFor()
  expect(await html(page).getAttribute('dir')).toBe('rtl')
  await noteTexts(page)
  await page.reload()
  await page.getByRole('button', { name: 'تسجيل الدخول' }).waitFor()
  expect(await shownTexts(page)).not.toContain('Sign in')
  await expectAccessible(page, 'sign-in in Arabic')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  expect(await html(page).getAttribute('dir')).toBe('ltr')
})

test('a refusal is told in the language of the form', async () => {
  const visitor = await world.visitor('Ida', { locale: 'de-DE' })
  const { page } = visitor
  visitor.problems.expect(/4\d\d.*auth/)
  await page.goto('/sign-up')
  await page.getByLabel('Dein Name').fill('Ida')
  await page.getByLabel('E-Mail').fill('nobody')
  await page.getByLabel('Passwort', { exact: true }).fill('richtig lang genug')
  await page.getByRole('button', { name: 'Konto anlegen' }).click()
  await page.getByRole('alert').filter({ hasText: 'muss eine E-Mail-Adresse sein' }).waitFor()
})

test('a language that is chosen holds at once, on the other device, and after a reload', async () => {
  const device = await world.visitor('Ada')
  await device.page.goto('/sign-in')
  await device.page.getByLabel('E-mail').fill(ada.email)
  await device.page.getByLabel('Password', { exact: true }).fill(password)
  await device.page.getByRole('button', { name: 'Sign in' }).click()
  await device.page.getByRole('navigation', { name: 'Rooms and people' }).waitFor()

  await ada.page.goto('/settings/appearance')
  await ada.page.getByText('Deutsch', { exact: true }).click()
  await ada.page.getByRole('heading', { name: 'Einstellungen' }).waitFor()
  await device.page.getByRole('navigation', { name: 'Räume und Leute' }).waitFor()

  await noteTexts(device.page)
  await device.page.reload()
  await device.page.getByRole('navigation', { name: 'Räume und Leute' }).waitFor()
  expect(await shownTexts(device.page)).not.toMatch(/Opening Parley|Rooms|Direct messages/)
})

test('in Arabic the page is mirrored, and what people write keeps its own direction', async () => {
  await openRoom(bob.page, 'general')
  await say(bob.page, 'Good morning, `code` here')
  await say(bob.page, '@bob صباح الخير')
  await seen(bob.page, 'صباح الخير')
  const left = await bob.page.getByRole('navigation', { name: 'Rooms and people' }).boundingBox()
  expect(left?.x).toBe(0)

  await bob.call('PATCH', '/api/settings', { language: 'ar' })
  const sidebar = bob.page.getByRole('navigation', { name: 'الغرف والأشخاص' })
  await sidebar.waitFor()
  const right = await sidebar.boundingBox()
  expect((right?.x ?? 0) + (right?.width ?? 0)).toBe(1440)

  const directionOf = (text: string) =>
    row(bob.page, text)
      .locator('.md')
      .evaluate((element) => getComputedStyle(element).direction)
  expect(await directionOf('Good morning')).toBe('ltr')
  // The name that it begins with is not the language it is in.
  expect(await directionOf('صباح الخير')).toBe('rtl')
  const code = row(bob.page, 'Good morning').locator('code')
  expect(await code.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr')
  // Both stand beside their author, at the side where the page begins.
  const edges = await bob.page
    .getByRole('log')
    .locator('.md')
    .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().right))
  expect(new Set(edges.map(Math.round)).size).toBe(1)
})

test('a name in another script does not turn the sentence that it stands in', async () => {
  const latin = await world.member('Cleo')
  await makeRoom(latin, 'Names')
  await latin.call('PATCH', '/api/users/me', { name: 'ليلى' })
  await openRoom(latin.page, 'names')
  const line = latin.page.getByRole('log').getByText('created the room')
  await line.waitFor()
  expect(await line.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr')
  expect(await line.textContent()).toContain('\u2068ليلى\u2069 created the room')
})

test('pages in Arabic and German are accessible, light and dark', async () => {
  const { page } = bob
  for (const path of ['/r/general', '/browse', '/settings/appearance', '/settings/profile', '/']) {
    await page.goto(path)
    await page.getByRole('navigation', { name: 'الغرف والأشخاص' }).waitFor()
    await expectAccessible(page, `${path} in Arabic`)
  }
  await ada.page.goto('/r/general')
  await ada.page.getByRole('textbox', { name: 'Nachricht an General' }).waitFor()
  await expectAccessible(ada.page, 'a room in German')
})

test('nothing of a German or Arabic page is wider than a phone', async () => {
  const long = `A long line:\n\`\`\`\n${'const answer = 42; '.repeat(20)}\n\`\`\``
  const { room } = await ada.call<{ room: { id: string } }>('GET', '/api/rooms/by-slug/general')
  await ada.call('POST', `/api/rooms/${room.id}/chats`, { message: long })
  for (const { page } of [ada, bob]) {
    await page.setViewportSize({ width: 320, height: 640 })
    for (const path of [
      '/',
      '/r/general',
      '/browse',
      '/settings/profile',
      '/settings/appearance',
    ]) {
      await page.goto(path)
      await page.locator('h1, h2').first().waitFor()
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(`${path} ${wide}`).toBe(`${path} 320`)
    }
    await page.goto('/r/general')
    const code = await row(page, 'A long line').locator('pre').boundingBox()
    expect(code?.x).toBeGreaterThan(0)
    expect((code?.x ?? 0) + (code?.width ?? 0)).toBeLessThan(320)
    await page.setViewportSize({ width: 1440, height: 900 })
  }
})
