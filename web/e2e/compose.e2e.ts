import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { expectAccessible } from './axe.ts'
import { composer, openRoom, row, say, seen } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

let world: World
let ada: Person
let grace: Person

beforeAll(async () => {
  world = await openWorld()
  ada = await world.member('Ada')
  grace = await world.member('Grace')
  await makeRoom(ada, 'workshop', [grace])
  await openRoom(ada.page, 'workshop')
  await openRoom(grace.page, 'workshop')
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

const text = (page: Page): Promise<string> => composer(page).inputValue()
const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name })
const offers = (page: Page) => page.getByRole('listbox', { name: 'Suggestions' })
const empty = (page: Page) => composer(page).fill('')

test('an @ offers who is in the room first; arrows and Enter take one, and nothing is sent', async () => {
  const { page } = ada
  await world.member('Graham')
  await composer(page).pressSequentially('hi @gra')
  await option(page, /Grace/).waitFor()
  await option(page, /Graham.*not in this room/).waitFor()
  const active = await composer(page).getAttribute('aria-activedescendant')
  expect(await page.locator(`[id="${active}"]`).textContent()).toContain('Grace')
  await expectAccessible(page, 'the open completion')
  await page.keyboard.press('ArrowDown')
  expect(await option(page, /Graham/).getAttribute('aria-selected')).toBe('true')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  expect(await text(page)).toBe('hi @grace ')
  await page.keyboard.type('look')
  await page.keyboard.press('Enter')
  await seen(grace.page, 'hi @grace look')
})

test('Escape closes the list, also while one goes on typing; undo takes a completion back', async () => {
  const { page } = ada
  await composer(page).pressSequentially('@gra')
  await offers(page).waitFor()
  await page.keyboard.press('Escape')
  await offers(page).waitFor({ state: 'detached' })
  await page.keyboard.type('c')
  expect(await offers(page).count()).toBe(0)
  await empty(page)
  await composer(page).pressSequentially('@grac')
  await offers(page).waitFor()
  await page.keyboard.press('Tab')
  expect(await text(page)).toBe('@grace ')
  await page.keyboard.press('Control+z')
  expect(await text(page)).toBe('@grac')
  await empty(page)
})

test('a handle that is typed in full is sent by Enter, and the list goes with it', async () => {
  const { page } = ada
  await composer(page).pressSequentially('ask @grace')
  await offers(page).waitFor()
  await page.keyboard.press('Enter')
  await seen(grace.page, 'ask @grace')
  expect(await offers(page).count()).toBe(0)
})

test('a # offers rooms, also ones that I am not in; the mouse takes one', async () => {
  const { page } = ada
  await makeRoom(grace, 'workbench')
  await composer(page).pressSequentially('see #work')
  await option(page, /workbench/).waitFor()
  await option(page, /workshop/).click()
  expect(await text(page)).toBe('see #workshop ')
  await empty(page)
})

test('a : offers emoji from two letters on, not in a time or a smiley', async () => {
  const { page } = ada
  await composer(page).pressSequentially('10:30 :) :t')
  expect(await offers(page).count()).toBe(0)
  await page.keyboard.type('ad')
  await option(page, /:tada:/).waitFor()
  await page.keyboard.press('Enter')
  expect(await text(page)).toBe('10:30 :) 🎉 ')
  await page.keyboard.type(':heart:')
  expect(await text(page)).toBe('10:30 :) 🎉 ❤️')
  await page.keyboard.press('Enter')
  await seen(grace.page, '10:30 :) 🎉 ❤️')
})

test('keys and tools format the selection, and undo takes it back', async () => {
  const { page } = ada
  await composer(page).fill('make this bold')
  await composer(page).press('Control+a')
  await page.keyboard.press('Control+b')
  expect(await text(page)).toBe('**make this bold**')
  await page.keyboard.press('Control+Shift+x')
  expect(await text(page)).toBe('**~~make this bold~~**')
  await page.keyboard.press('Control+z')
  expect(await text(page)).toBe('**make this bold**')
  await page.keyboard.press('Control+b')
  expect(await text(page)).toBe('make this bold')
  await page.getByRole('button', { name: 'Quote' }).click()
  expect(await text(page)).toBe('> make this bold')
  await empty(page)
  await composer(page).pressSequentially('one')
  await page.keyboard.press('Control+Shift+8')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('two')
  expect(await text(page)).toBe('- one\n- two')
  await empty(page)
  await page.keyboard.press('Control+Shift+c')
  await page.keyboard.type('let a')
  await page.keyboard.press('Enter')
  await page.keyboard.type('let b')
  expect(await text(page)).toBe('```\nlet a\nlet b\n```')
  await page.keyboard.press('Control+Enter')
  await seen(grace.page, 'let b')
})

/** As a paste from another program brings it. */
const paste = (page: Page, data: Record<string, string>): Promise<void> =>
  composer(page).evaluate((field, given) => {
    const clipboardData = new DataTransfer()
    for (const [type, value] of Object.entries(given)) clipboardData.setData(type, value)
    field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, data)

test('rich text is pasted as markdown, and an address over words links them', async () => {
  const { page } = ada
  await paste(page, {
    'text/plain': 'Plan\nfirst\nsecond',
    'text/html':
      '<h3>Plan</h3><ul><li><b>first</b></li><li><a href="https://example.com/x">second</a></li></ul><img src=x onerror=alert(1)>',
  })
  await page.waitForFunction(
    () => document.querySelector<HTMLTextAreaElement>('.composer-text')?.value !== '',
  )
  expect(await text(page)).toBe('### Plan\n\n- **first**\n- [second](https://example.com/x)')
  await composer(page).fill('read the docs')
  await composer(page).press('Control+a')
  await paste(page, { 'text/plain': 'https://example.com/docs' })
  expect(await text(page)).toBe('[read the docs](https://example.com/docs)')
  await page.keyboard.press('Control+z')
  expect(await text(page)).toBe('read the docs')
  await empty(page)
})

test('an input method’s Enter neither sends nor completes', async () => {
  const { page } = ada
  await composer(page).fill('@gra')
  await offers(page).waitFor()
  await composer(page).evaluate((field) =>
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }),
    ),
  )
  expect(await text(page)).toBe('@gra')
  expect(await row(page, /^@gra$/).count()).toBe(0)
  await empty(page)
})

test('the picker finds by name and by arrows, remembers, and keeps the skin tone', async () => {
  const { page } = ada
  await composer(page).fill('so ')
  await page.getByRole('button', { name: 'Add an emoji' }).click()
  const search = page.getByRole('combobox', { name: 'Search emoji' })
  await option(page, 'grinning face').first().waitFor()
  await expectAccessible(page, 'the emoji picker')
  await search.fill('rocket')
  await option(page, 'rocket').waitFor()
  await search.press('Enter')
  await search.waitFor({ state: 'detached' })
  expect(await text(page)).toBe('so 🚀')
  expect(await composer(page).evaluate((field) => field === document.activeElement)).toBe(true)

  await page.getByRole('button', { name: 'Add an emoji' }).click()
  await page.getByRole('group', { name: 'Used last' }).getByRole('option').first().waitFor()
  await page.getByRole('button', { name: 'Skin tone' }).click()
  const tone = page.waitForResponse(
    (answer) => answer.url().endsWith('/api/settings') && answer.request().method() === 'PATCH',
  )
  await page.getByRole('menuitemradio', { name: 'Medium', exact: true }).click()
  await tone
  await search.fill('thumbs up')
  await search.press('Enter')
  expect(await text(page)).toBe('so 🚀👍🏽')
  await composer(page).press('Enter')
  await seen(grace.page, 'so 🚀👍🏽')

  await page.reload()
  await page.getByRole('button', { name: 'Add an emoji' }).click()
  const used = page.getByRole('group', { name: 'Used last' }).getByRole('option')
  await used.first().waitFor()
  expect(await used.allTextContents()).toEqual(['👍🏽', '🚀', '❤️', '🎉'])
  await search.press('ArrowDown')
  await search.press('ArrowRight')
  await search.press('Enter')
  expect(await text(page)).toBe('🚀')
  await empty(page)
})

test('calling more than a few people is asked about first, with how many it would be', async () => {
  const { page } = ada
  for (const name of ['Alan', 'Barbara', 'Edsger', 'Donald']) {
    const person = await world.member(name)
    const { room } = await ada.call<{ room: { id: string } }>('GET', '/api/rooms/by-slug/workshop')
    await person.call('POST', `/api/rooms/${room.id}/join`)
    if (name !== 'Alan') await person.context.close()
  }
  await say(page, 'lunch @room')
  const dialog = page.getByRole('alertdialog', { name: 'Notify 5 people?' })
  await dialog.waitFor()
  await expectAccessible(page, 'the question before @room')
  await dialog.getByRole('button', { name: 'Don’t send' }).click()
  expect(await text(page)).toBe('lunch @room')
  await composer(page).press('Enter')
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await seen(grace.page, 'lunch @room')

  // Those who closed their pages are gone after five seconds.
  await say(page, 'quick, @here')
  await page.getByRole('alertdialog', { name: /Notify 2 people\?/ }).waitFor()
  await page.getByRole('button', { name: 'Send', exact: true }).last().click()
  await seen(grace.page, 'quick, @here')
})

test('up in an empty composer edits my last chat, and the draft comes back behind it', async () => {
  const { page } = ada
  await say(page, 'the first tme')
  await seen(grace.page, 'the first tme')
  await composer(page).press('ArrowUp')
  const field = page.locator('textarea:focus')
  await page.getByText('Editing your message').waitFor()
  await field.fill('the first time')
  await field.press('Enter')
  await row(grace.page, 'the first time').getByText('edited').waitFor()
  await composer(page).fill('a draft')
  await composer(page).press('ArrowUp')
  expect(await page.getByText('Editing your message').count()).toBe(0)
  await page.reload()
  expect(await text(page)).toBe('a draft')
  await empty(page)
})
