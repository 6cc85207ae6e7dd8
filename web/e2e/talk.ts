import type { Locator, Page } from 'playwright-core'
import { setDefaultTimeout } from 'bun:test'

// A browser, a server and a database start in each suite.
setDefaultTimeout(90_000)

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: /^Message / })

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await composer(page).press('Enter')
}

export const rows = (page: Page): Locator => page.getByRole('log').getByRole('article')

export const row = (page: Page, text: string | RegExp): Locator =>
  rows(page).filter({ hasText: text })

/** The mark of a chat that is not stored yet. */
export const waiting = (page: Page, text: string | RegExp): Locator =>
  row(page, text).locator('.chat-clock')

/** Waits until `text` is in the room, stored and shown once. */
export async function seen(page: Page, text: string | RegExp): Promise<void> {
  await row(page, text).first().waitFor()
  await waiting(page, text).waitFor({ state: 'detached' })
  const count = await row(page, text).count()
  if (count !== 1) throw new Error(`${text} is there ${count} times`)
}

/** Which of `texts` are in the room, in the order of the room; each as often as it is there. */
export async function orderOf(page: Page, texts: readonly string[]): Promise<string[]> {
  const shown = await rows(page).allTextContents()
  return shown.flatMap((shownText) => texts.filter((text) => shownText.includes(text)))
}

export async function openRoom(page: Page, slug: string): Promise<void> {
  await page.goto(`/r/${slug}`)
  await composer(page).waitFor()
}

export const roomLink = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('navigation', { name: 'Rooms and people' }).getByRole('link', { name })
