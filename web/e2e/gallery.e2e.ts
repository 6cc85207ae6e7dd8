import { afterAll, beforeAll, expect, test } from 'bun:test'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build } from 'vite'
import solid from 'vite-plugin-solid'
import { contentPolicy } from '../../src/http/headers.ts'
import { solidOptions } from '../ui/solid-options.ts'
import { expectAccessible } from './axe.ts'

/*
 * The design system by itself: its gallery built as the client is built, under the client's
 * content policy, without a server behind it.
 */
const policy = contentPolicy("'self'")
const root = fileURLToPath(new URL('..', import.meta.url))
const gallery = '/ui/gallery.html'

let server: Bun.Server<undefined>
let browser: Browser

beforeAll(async () => {
  const files = await buildGallery()
  server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) => {
      const { pathname } = new URL(request.url)
      const body = files.get(pathname)
      // The browser asks for an icon by itself.
      if (body === undefined) return new Response(null, { status: 204 })
      const headers = { 'content-type': Bun.file(pathname).type, 'content-security-policy': policy }
      return new Response(body, { headers })
    },
  })
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? Bun.which('chromium') ?? '',
    args: ['--no-sandbox', '--disable-quic', '--no-first-run'],
  })
})

afterAll(async () => {
  await browser.close()
  await server.stop(true)
})

async function buildGallery(): Promise<Map<string, string | Uint8Array<ArrayBuffer>>> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [solid({ solid: solidOptions })],
    build: { write: false, assetsInlineLimit: 0, rolldownOptions: { input: root + gallery } },
  })
  if (Array.isArray(built) || !('output' in built)) throw new Error('expected one build')
  return new Map(
    built.output.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk'
        ? file.code
        : typeof file.source === 'string'
          ? file.source
          : new Uint8Array(file.source),
    ]),
  )
}

/** The gallery, and what its page complained of so far. */
async function open(width = 1440): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('dialog', (dialog) => {
    problems.push(`script ran: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(new URL(gallery, server.url).href)
  await page.getByRole('heading', { name: 'Gallery' }).waitFor()
  return { page, problems }
}

test('security 41, 42, 43: every hostile text is shown, no script runs, the policy holds', async () => {
  const { page, problems } = await open()
  await page.getByRole('button', { name: 'Show every hostile text' }).click()
  const hostile = page.locator('.gallery-hostile')
  await hostile.locator('.md').last().waitFor()
  const found = await hostile.evaluate((element) => ({
    elements: [...new Set(Array.from(element.querySelectorAll('*'), (one) => one.localName))],
    schemes: [...new Set(Array.from(element.querySelectorAll('a'), (link) => link.protocol))],
    rels: [
      ...new Set(
        Array.from(element.querySelectorAll('a[target]'), (link) => link.getAttribute('rel')),
      ),
    ],
  }))
  const known = 'summary div p strong em s code pre a bdi br span button svg path rect ul ol li'
  const allowed = new Set(`${known} blockquote hr table thead tbody tr th td input`.split(' '))
  expect(found.elements.filter((name) => !allowed.has(name))).toEqual([])
  expect(found.schemes.toSorted()).toEqual(['http:', 'https:', 'mailto:'])
  expect(found.rels).toEqual(['noopener noreferrer nofollow'])
  expect(problems).toEqual([])
})

test('security 43: a string given to innerHTML is refused by the policy', async () => {
  const { page } = await open()
  const answer = await page.evaluate(() => {
    try {
      Reflect.set(document.createElement('div'), 'innerHTML', '<b>x</b>')
      return 'taken'
    } catch (error) {
      return String(error)
    }
  })
  expect(answer).toContain('TrustedHTML')
})

test('the gallery is accessible in both themes, on a desk and on a phone', async () => {
  const phone = await open(390)
  await expectAccessible(phone.page, 'gallery, phone')
  const { page } = await open()
  await expectAccessible(page, 'gallery')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await expectAccessible(page, 'menu')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Open confirm' }).click()
  await expectAccessible(page, 'confirmation')
})

test('a menu is used by keys alone and gives the focus back', async () => {
  const { page } = await open()
  const more = page.getByRole('button', { name: 'More', exact: true })
  await more.focus()
  await page.keyboard.press('Enter')
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  expect(await focused()).toStartWith('Edit')
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toStartWith('Copy link')
  await page.keyboard.press('d')
  expect(await focused()).toStartWith('Delete')
  await page.keyboard.press('Escape')
  expect(await page.getByRole('menu').count()).toBe(0)
  expect(await more.evaluate((element) => element === document.activeElement)).toBe(true)
})

test('a menu closes on a press outside, and a second press on its button does not reopen it', async () => {
  const { page } = await open()
  const more = page.getByRole('button', { name: 'More', exact: true })
  await more.click()
  await page.getByRole('menu').waitFor()
  await more.click()
  await page.getByRole('menu').waitFor({ state: 'detached' })
  await more.click()
  await page.getByRole('heading', { name: 'People' }).click()
  await page.getByRole('menu').waitFor({ state: 'detached' })
})

test('a confirmation puts the focus on the harmless button and gives it back', async () => {
  const { page } = await open()
  const opener = page.getByRole('button', { name: 'Open confirm' })
  await opener.click()
  const dialog = page.getByRole('alertdialog', { name: 'Delete this chat?' })
  const keep = dialog.getByRole('button', { name: 'Keep it' })
  expect(await keep.evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true)
})

test('JetBrains Mono is loaded for code, and other scripts only when they are read', async () => {
  const { page } = await open()
  const fonts = await page.evaluate(async () => {
    await document.fonts.ready
    const all = performance.getEntriesByType('resource').map((entry) => entry.name)
    return all.filter((name) => name.endsWith('.woff2')).map((name) => name.split('/').at(-1) ?? '')
  })
  expect(fonts.some((name) => name.startsWith('jetbrains-mono-latin-400'))).toBe(true)
  expect(fonts.filter((name) => /greek|vietnamese|cyrillic-ext/.test(name))).toEqual([])
})
