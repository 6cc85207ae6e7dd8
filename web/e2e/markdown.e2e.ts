import { afterAll, beforeAll, expect, test } from 'bun:test'
import { hostileTexts } from '../markdown/hostile-texts.ts'
import { expectAccessible } from './axe.ts'
import { startWebOfPages, type WebOfPages } from './pages.ts'
import { openRoom, row, say, seen } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

let web: WebOfPages
let world: World
let ada: Person
let bob: Person
let roomId: string

beforeAll(async () => {
  web = startWebOfPages()
  world = await openWorld({
    LINK_PREVIEWS: 'false',
    HTTP_PROXY: web.origin,
    http_proxy: web.origin,
  })
  ada = await world.member('Ada')
  bob = await world.member('Bob', { viewport: { width: 390, height: 800 }, hasTouch: true })
  roomId = (await makeRoom(ada, 'Words', [bob])).id
  await Promise.all([openRoom(ada.page, 'words'), openRoom(bob.page, 'words')])
})
afterAll(async () => {
  await world.close()
  await web.stop()
})

/** Past the composer, which takes Enter for itself. */
const post = (message: string) => ada.call('POST', `/api/rooms/${roomId}/chats`, { message })

test('code gets its colours from a file of its language alone, is copied whole, and nothing moves', async () => {
  const loaded = () =>
    bob.page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name.split('/').at(-1) ?? '')
        .filter((name) => name.endsWith('.js')),
    )
  const before = new Set(await loaded())
  const code = 'const tea = "Earl Grey" // hot\nexport const minutes = 4'
  await post(`Code:\n\`\`\`ts\n${code}\n\`\`\``)
  const block = row(bob.page, 'Code:').locator('.md-code')
  await block.locator('.md-code-keyword').first().waitFor()
  expect(await block.locator('code').textContent()).toBe(code)
  expect(await block.locator('.md-code-string').textContent()).toBe('"Earl Grey"')
  expect(await block.locator('.md-code-comment').textContent()).toBe('// hot')
  const fresh = (await loaded()).filter((name) => !before.has(name))
  expect(fresh.some((name) => name.startsWith('typescript'))).toBe(true)
  expect(fresh.filter((name) => /^(?:python|rust|xml|sql)/.test(name))).toEqual([])

  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await row(ada.page, 'Code:').getByRole('button', { name: 'Copy code' }).click()
  await row(ada.page, 'Code:').getByRole('button', { name: 'Copied' }).waitFor()
  expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe(code)
})

test('long code is folded to 25 lines, and opened and folded by a key', async () => {
  const lines = Array.from({ length: 60 }, (_, line) => `echo ${line + 1}`)
  await post(`Long:\n\`\`\`bash\n${lines.join('\n')}\n\`\`\``)
  const block = row(ada.page, 'Long:').locator('.md-code')
  const shown = async () => (await block.locator('code').textContent())?.split('\n').length
  await block.locator('.md-code-type').first().waitFor()
  expect(await shown()).toBe(25)
  await block.getByRole('button', { name: 'Show all 60 lines' }).focus()
  await ada.page.keyboard.press('Enter')
  expect(await shown()).toBe(60)
  await block.getByRole('button', { name: 'Show less' }).click()
  expect(await shown()).toBe(25)
})

test('a wide table scrolls in its own box, and the page does not', async () => {
  const columns = Array.from({ length: 9 }, (_, column) => `Column number ${column}`)
  const rule = columns.map((_, column) => (column % 2 ? '--:' : ':-:'))
  const rows = [
    columns,
    rule,
    ...Array.from({ length: 3 }, (_, n) => columns.map(() => `**${n}** cell`)),
  ]
  await post(rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n'))
  const table = row(bob.page, 'Column number 8').getByRole('group', { name: 'Table' })
  await table.waitFor()
  await table.getByRole('columnheader').nth(8).waitFor()
  expect(await table.getByRole('columnheader').count()).toBe(9)
  expect(await table.getByRole('cell').count()).toBe(27)
  const widths = await table.evaluate((box) => ({
    inner: box.scrollWidth,
    outer: box.clientWidth,
    page: document.documentElement.scrollWidth,
  }))
  expect(widths.inner).toBeGreaterThan(widths.outer)
  expect(widths.page).toBe(390)
  await table.focus()
  await bob.page.keyboard.press('ArrowRight')
  await bob.page.waitForFunction(() => (document.querySelector('.md-table')?.scrollLeft ?? 0) > 0)
})

test('tasks are boxes that tell and can’t be pressed, nested as they were typed', async () => {
  await post('Tasks:\n- [x] boil\n- [ ] pour\n  - [ ] slowly\n- just said')
  const chat = row(bob.page, 'Tasks:')
  await chat.waitFor()
  const boxes = chat.getByRole('checkbox')
  await boxes.nth(2).waitFor()
  expect(await boxes.count()).toBe(3)
  expect(await boxes.evaluateAll((all) => all.map((box) => box.matches(':checked')))).toEqual([
    true,
    false,
    false,
  ])
  expect(await boxes.first().isDisabled()).toBe(true)
  expect(await chat.getByRole('checkbox', { name: 'To do' }).count()).toBe(2)
  expect(await chat.locator('li li').count()).toBe(1)
})

test('shortcodes become emoji but in code, and a few emoji alone are large', async () => {
  await say(ada.page, 'Party :tada: :nosuchthing: `:tada:`')
  await seen(bob.page, 'Party 🎉 :nosuchthing: :tada:')
  await say(ada.page, ':tada::+1:')
  const large = row(bob.page, '🎉👍').locator('.md')
  await large.waitFor()
  const size = (text: string) =>
    row(bob.page, text)
      .locator('.md')
      .evaluate((words) => Number.parseFloat(getComputedStyle(words).fontSize))
  expect(await size('🎉👍')).toBeGreaterThan(2 * (await size('Party')))
})

test('with LINK_PREVIEWS=false a link is a link: nothing is fetched for it', async () => {
  web.serve('/tea', { title: 'Tea' })
  await post(`Off ${web.at('/tea')}`)
  await row(bob.page, 'Off').getByRole('link').waitFor()
})

test('lines break as they were typed; quotes, struck words, rooms and callings are marked', async () => {
  await post('> quoted\n\nfirst\nsecond ~~gone~~ #words @here')
  const chat = row(bob.page, 'second')
  await chat.waitFor()
  expect(await chat.locator('blockquote').textContent()).toBe('quoted')
  expect(await chat.locator('p br').count()).toBe(1)
  expect(await chat.locator('s').textContent()).toBe('gone')
  expect(await chat.getByRole('link', { name: '#words' }).getAttribute('href')).toBe('/r/words')
  expect(await chat.locator('.md-mention').allTextContents()).toEqual(['#words', '@here'])
})

test('security 41, 42: hostile texts sent through the real server run nothing and break no policy', async () => {
  const sample = hostileTexts.filter((_, place) => place % 9 === 0)
  await ada.page.evaluate(() =>
    Reflect.set(window, 'alert', () => Reflect.set(window, 'harmed', true)),
  )
  await bob.page.evaluate(() =>
    Reflect.set(window, 'alert', () => Reflect.set(window, 'harmed', true)),
  )
  await Promise.all(sample.filter((text) => text.trim() !== '').map((text) => post(text)))
  await post('The last of them')
  for (const { page } of [ada, bob]) {
    await row(page, 'The last of them').waitFor({ timeout: 60_000 })
    expect(await page.evaluate(() => Reflect.get(window, 'harmed'))).toBeUndefined()
    const links = await page
      .getByRole('log')
      .locator('.md a')
      .evaluateAll((all) =>
        all.map((link) => (link instanceof HTMLAnchorElement ? link.protocol : '')),
      )
    expect(links.filter((scheme) => !['http:', 'https:', 'mailto:'].includes(scheme))).toEqual([])
  }
  world.expectNoProblems()
})

test('it is accessible in both themes, wide and narrow', async () => {
  await post(
    'All:\n```diff\n- old\n+ new\n```\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n\n```py\ndef f(): return "x" # y\n```',
  )
  for (const { page } of [ada, bob]) {
    await row(page, 'All:').locator('.md-code-deleted').waitFor()
    await row(page, 'All:').locator('.md-code-comment').waitFor()
    await expectAccessible(page, 'markdown')
  }
  // Of the chat with a link, long ago by now.
  expect(web.count()).toBe(0)
  world.expectNoProblems()
})
