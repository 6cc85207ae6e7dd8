import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { openRoom, roomLink, row, say, seen } from './talk.ts'
import { makeRoom, openWorld, type Person, type World } from './world.ts'

let world: World
let ada: Person
let grace: Person

interface Told {
  event: 'show' | 'close' | 'sound'
  tag?: string
  title?: string
  body?: string
}
/** What all tabs of Grace told, in order. */
const told: Told[] = []
const shown = () => told.filter(({ event }) => event === 'show')

beforeAll(async () => {
  world = await openWorld()
  ada = await world.member('Ada')
  grace = await world.member('Grace')
  await standIn(grace)
})
afterAll(async () => {
  await world.close()
  world.expectNoProblems()
})

/** From the next page on, a system that shows notifications and plays sounds, and says so here. */
async function standIn({ context }: Person): Promise<void> {
  await context.exposeFunction('toldNow', (one: Told) => void told.push(one))
  await context.addInitScript(() => {
    const tell = (one: Told) =>
      // The function exposed above.
      (window as unknown as { toldNow: (one: Told) => Promise<void> }).toldNow(one)
    class FakeNotification extends EventTarget {
      static get permission() {
        return localStorage.getItem('test-permission') ?? 'default'
      }
      static async requestPermission() {
        localStorage.setItem('test-permission', 'granted')
        return 'granted'
      }
      tag: string
      constructor(title: string, { tag = '', body = '' }: NotificationOptions) {
        super()
        this.tag = tag
        void tell({ event: 'show', tag, title, body })
        Reflect.set(window, 'lastNotification', this)
      }
      close() {
        void tell({ event: 'close', tag: this.tag })
        this.dispatchEvent(new Event('close'))
      }
    }
    Reflect.set(window, 'Notification', FakeNotification)
    const make = Reflect.get(AudioContext.prototype, 'createOscillator')
    AudioContext.prototype.createOscillator = function () {
      void tell({ event: 'sound' })
      return make.call(this)
    }
  })
}

/** Looks again with each frame of Grace’s page. */
async function until(isSo: () => boolean): Promise<void> {
  const endMs = performance.now() + 10_000
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error(`Told so far: ${JSON.stringify(told)}`)
    await grace.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  }
}

async function showsOf(count: number): Promise<Told[]> {
  await until(() => shown().length >= count)
  return shown()
}

/** What was said before this has been told once it is, or never will be. */
async function fence(text: string): Promise<void> {
  await ada.call('POST', `/api/rooms/${fenceRoom}/chats`, { message: `@grace ${text}` })
  await until(() => shown().some(({ body }) => body?.includes(text) === true))
}
let fenceRoom = ''

/** A second tab, where no room is in sight. */
async function otherTab(): Promise<Page> {
  const tab = await grace.newTab('/settings/notifications')
  await tab.getByRole('heading', { name: 'In this browser' }).waitFor()
  return tab
}

test('nobody is asked unasked; a press in the settings asks, and the answer is kept', async () => {
  await makeRoom(ada, 'kitchen', [grace])
  fenceRoom = (await makeRoom(ada, 'fence', [grace])).id
  const { page } = grace
  await page.goto('/settings/notifications')
  await page.getByRole('button', { name: 'Allow notifications' }).waitFor()
  expect(await page.evaluate(() => Notification.permission)).toBe('default')
  await page.getByRole('button', { name: 'Allow notifications' }).click()
  await page.getByRole('switch', { name: 'Desktop notifications', checked: true }).waitFor()
  await page.reload()
  await page.getByRole('switch', { name: 'Desktop notifications', checked: true }).waitFor()
})

test('a mention is told once, with one sound, however many tabs are open; other chats are not told', async () => {
  const other = await otherTab()
  await openRoom(ada.page, 'kitchen')
  await say(ada.page, 'Nothing for anybody')
  await say(ada.page, '@grace the **soup** is ready')
  const all = await showsOf(1)
  expect(all[0]).toMatchObject({ title: 'Ada in kitchen', body: '@grace the soup is ready' })
  await fence('one')
  expect(shown()).toHaveLength(2)
  // Two notes make the sound; that of the fence comes too soon after it for another.
  expect(told.filter(({ event }) => event === 'sound').length).toBeLessThanOrEqual(4)
  expect(told.filter(({ event }) => event === 'sound').length % 2).toBe(0)
  await other.close()
})

test('what is read goes away', async () => {
  told.length = 0
  await openRoom(ada.page, 'kitchen')
  await say(ada.page, '@grace again')
  const [first] = await showsOf(1)
  await roomLink(grace.page, /kitchen/).click()
  await seen(grace.page, 'again')
  await until(() => told.some(({ event, tag }) => event === 'close' && tag === first?.tag))
})

test('whoever looks at the room in any tab is not told', async () => {
  told.length = 0
  const other = await otherTab()
  await grace.page.bringToFront()
  await openRoom(grace.page, 'kitchen')
  await openRoom(ada.page, 'kitchen')
  await say(ada.page, '@grace you see this')
  await seen(grace.page, 'you see this')
  await fence('two')
  expect(shown().map(({ body }) => body)).toEqual(['@grace two'])
  await other.close()
})

test('a click opens the chat', async () => {
  told.length = 0
  const { page } = grace
  await page.goto('/settings/notifications')
  await page.getByRole('heading', { name: 'In this browser' }).waitFor()
  await openRoom(ada.page, 'kitchen')
  await say(ada.page, '@grace come and see')
  await showsOf(1)
  await page.evaluate(() => {
    // Kept by the stand-in above.
    const shownLast = Reflect.get(window, 'lastNotification') as EventTarget
    shownLast.dispatchEvent(new Event('click'))
  })
  await page.waitForURL((url) => url.pathname === '/r/kitchen' && url.searchParams.has('at'))
  await row(page, 'come and see').waitFor()
})

test('direct messages are told; hidden text stays hidden; a muted room and no sound are silent', async () => {
  told.length = 0
  const { page } = grace
  await page.goto('/settings/notifications')
  const saved = page.waitForResponse(
    (answer) =>
      answer.url().endsWith('/api/settings') &&
      answer.request().postData()?.includes('sound') === true,
  )
  await page.getByText('Hide what was said').click()
  await page.getByText('Play a sound').click()
  expect((await saved).ok()).toBe(true)
  const { user } = await grace.call<{ user: { id: string } }>('GET', '/api/users/me')
  const { room } = await ada.call<{ room: { id: string } }>('POST', '/api/rooms/direct', {
    userIds: [user.id],
  })
  await roomLink(page, /Ada/).waitFor()
  await ada.call('POST', `/api/rooms/${room.id}/chats`, { message: 'between us' })
  const [notice] = await showsOf(1)
  expect(notice).toMatchObject({ title: 'Ada', body: 'New message' })

  await roomLink(page, /Ada/).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Mute room' }).click()
  await roomLink(page, /Ada.*muted/).waitFor()
  await ada.call('POST', `/api/rooms/${room.id}/chats`, { message: 'are you there' })
  const kitchen = await ada.call<{ rooms: { id: string; slug: string }[] }>('GET', '/api/rooms')
  const id = kitchen.rooms.find(({ slug }) => slug === 'kitchen')?.id
  await ada.call('POST', `/api/rooms/${id}/chats`, { message: '@grace last' })
  const all = await showsOf(2)
  expect(all.map(({ title }) => title)).toEqual(['Ada', 'Ada in kitchen'])
  expect(told.some(({ event }) => event === 'sound')).toBe(false)
  await page.waitForFunction(
    () => document.title.startsWith('(') && !document.title.startsWith('(0'),
  )
})
