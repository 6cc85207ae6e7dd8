import { afterAll, beforeAll, expect, test } from 'bun:test'
import sharp from 'sharp'
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
  world = await openWorld({ HTTP_PROXY: web.origin, http_proxy: web.origin })
  ada = await world.member('Ada')
  bob = await world.member('Bob', { viewport: { width: 390, height: 800 }, hasTouch: true })
  roomId = (await makeRoom(ada, 'Links', [bob])).id
  await Promise.all([openRoom(ada.page, 'links'), openRoom(bob.page, 'links')])
})
afterAll(async () => {
  await world.close()
  await web.stop()
})

const kettle = async (): Promise<Uint8Array<ArrayBuffer>> => {
  const create = { width: 640, height: 360, channels: 3, background: '#c5532d' } as const
  return new Uint8Array(await sharp({ create }).png().toBuffer())
}

const cards = (person: Person, text: string) => row(person.page, text).locator('.link-card')

test('LI1: a link shows what it leads to, to both, and opens with nothing of here', async () => {
  web.serve('/tea', {
    site: 'The Kettle',
    title: 'How to make tea &amp; keep it warm',
    description: 'Water, leaves and four minutes. '.repeat(12),
  })
  await say(ada.page, `First read ${web.at('/tea')} please`)
  for (const person of [ada, bob]) {
    const card = cards(person, 'First read')
    await card.waitFor()
    const link = card.getByRole('link', { name: 'How to make tea & keep it warm' })
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow')
    expect(await link.getAttribute('href')).toBe(web.at('/tea'))
    expect(await card.locator('.link-card-site').textContent()).toBe('The Kettle · 93.184.216.34')
  }
  // What the page is told: an agent, and nothing of who asks.
  const [asked] = web.requests('/tea')
  expect(asked?.['user-agent']).toContain('Parley')
  expect(Object.keys(asked ?? {})).not.toContain('cookie')
  expect(Object.keys(asked ?? {})).not.toContain('referer')
})

test('the picture of a page is shown from here, in a box that was kept for it', async () => {
  web.servePicture('/kettle.png', await kettle(), 'image/png')
  web.serve('/kettle', { title: 'A kettle', image: '/kettle.png' })
  await say(ada.page, `Look ${web.at('/kettle')}`)
  const image = cards(bob, 'Look').locator('img')
  await image.waitFor()
  expect(await image.getAttribute('src')).toStartWith('/api/files/')
  expect(await image.getAttribute('alt')).toBe('')
  await bob.page.waitForFunction(() => {
    const shown = document.querySelector('.link-card img')
    return shown instanceof HTMLImageElement && shown.naturalWidth === 640
  })
  expect(web.requests('/kettle.png')).toHaveLength(1)
})

test('security 44: what a page says of itself is text, and its place is told beside its name', async () => {
  web.serve('/evil', {
    site: '<img src=x onerror=alert(1)>',
    title: '&lt;script&gt;alert(1)&lt;/script&gt; \u202Eevil',
    description: '[click](javascript:alert(1))',
  })
  await say(ada.page, `Careful ${web.at('/evil')}`)
  const card = cards(bob, 'Careful')
  await card.waitFor()
  expect(await card.getByRole('link').textContent()).toBe('<script>alert(1)</script> evil')
  expect(await card.locator('img, script').count()).toBe(0)
  expect(await card.getByRole('link').count()).toBe(1)
})

test('security 46: what lies inside gets no card, and no request', async () => {
  const before = web.count()
  await say(
    ada.page,
    'Inside http://127.0.0.1/a http://169.254.169.254/b http://[::ffff:10.0.0.1]/c',
  )
  await seen(bob.page, 'Inside')
  web.serve('/after', { title: 'The one after' })
  await say(ada.page, `After ${web.at('/after')}`)
  await cards(bob, 'After').waitFor()
  expect(await cards(bob, 'Inside').count()).toBe(0)
  expect(web.count()).toBe(before + 1)
})

test('the author takes previews off for good; another member can’t; a reload shows the same', async () => {
  const removeIn = (person: Person) =>
    row(person.page, 'First read').getByRole('button', { name: 'Remove the preview for everyone' })
  expect(await removeIn(bob).count()).toBe(0)
  await removeIn(ada).focus()
  await ada.page.keyboard.press('Enter')
  for (const person of [ada, bob]) await cards(person, 'First read').waitFor({ state: 'detached' })
  await bob.page.reload()
  await seen(bob.page, 'First read')
  expect(await cards(bob, 'First read').count()).toBe(0)
})

test('a card that comes late moves nothing that is being read, and the end stays the end', async () => {
  for (let line = 0; line < 30; line += 1)
    // In order.
    // oxlint-disable-next-line no-await-in-loop
    await ada.call('POST', `/api/rooms/${roomId}/chats`, { message: `Line ${line}` })
  const end = web.hold('/late')
  await say(ada.page, `Late ${web.at('/late')}`)
  await seen(bob.page, 'Late')
  const log = bob.page.getByRole('log')
  const gap = () =>
    row(bob.page, 'Late').evaluate((element) => {
      const box = element.getBoundingClientRect()
      const pane = element.closest('[role=log]')?.getBoundingClientRect()
      return pane ? pane.bottom - box.bottom : 0
    })
  expect(await gap()).toBeGreaterThanOrEqual(0)
  end({ title: 'Late but here', description: 'Words '.repeat(30) })
  await cards(bob, 'Late').waitFor()
  // Bob was at the end, so he sees the whole card.
  await bob.page.waitForFunction(() => {
    const card = [...document.querySelectorAll('.link-card')].at(-1)
    const pane = card?.closest('[role=log]')?.getBoundingClientRect()
    return card && pane ? card.getBoundingClientRect().bottom <= pane.bottom + 1 : false
  })
  // Further up, a card below the view moves nothing.
  const more = web.hold('/more')
  await say(ada.page, `More ${web.at('/more')}`)
  await seen(bob.page, 'More')
  await log.hover()
  await bob.page.mouse.wheel(0, -700)
  await bob.page.getByRole('button', { name: /latest/i }).waitFor()
  const key = await log.evaluate(async (element) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    for (let last = -1; last !== element.scrollTop;) {
      last = element.scrollTop
      for (let frames = 0; frames < 20; frames += 1) await frame()
    }
    const { top } = element.getBoundingClientRect()
    const rows = [...element.querySelectorAll<HTMLElement>('[data-key]')]
    return rows.find((one) => one.getBoundingClientRect().top > top)?.dataset['key'] ?? ''
  })
  const top = () =>
    bob.page
      .locator(`[data-key="${key}"]`)
      .evaluate((one) => Math.round(one.getBoundingClientRect().top))
  const before = await top()
  more({ title: 'More of it' })
  await cards(ada, 'More').waitFor()
  expect(await top()).toBe(before)
  await bob.page.getByRole('button', { name: /latest/i }).click()
  await cards(bob, 'More').waitFor()
})

test('cards are accessible in both themes, wide and narrow', async () => {
  for (const person of [ada, bob]) {
    await cards(person, 'More').waitFor()
    await expectAccessible(person.page, 'link cards')
  }
  world.expectNoProblems()
})
