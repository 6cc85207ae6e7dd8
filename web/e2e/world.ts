import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { watchPage } from './problems.ts'
import type { Problems } from './problems.ts'
import { startServer } from './server.ts'
import type { TestServer } from './server.ts'

export const password = 'correct horse battery'

/** Someone with a browser of their own. */
export interface Person {
  name: string
  email: string
  context: BrowserContext
  page: Page
  /** Once signed up: for calls past the pages. */
  token?: string
  /** What went wrong in their pages that no test expected. */
  problems: Problems
  /** Another tab of the same browser, watched too. */
  newTab: (path: string) => Promise<Page>
  /** A call of the API as this person, past the pages: to set the scene. */
  call: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>
}

/** Of a server all that people need to know. */
interface Place {
  origin: string
  stop: () => Promise<void>
}

export interface World<Server extends Place = TestServer> {
  server: Server
  /** A browser with nobody signed in. */
  visitor: (name: string, options?: BrowserContextOptions) => Promise<Person>
  /** Signed up; the page shows their first screen. `baseURL` leads them to another node. */
  member: (name: string, options?: BrowserContextOptions) => Promise<Person>
  /** Fails with all that went wrong in any page. */
  expectNoProblems: () => void
  close: () => Promise<void>
}

export const openWorld = (env: Record<string, string> = {}): Promise<World> =>
  openWorldOn(startServer(env))

/** The same on another server than the usual one. */
export async function openWorldOn<Server extends Place>(
  starting: Promise<Server>,
): Promise<World<Server>> {
  const [server, browser] = await Promise.all([starting, launch()])
  const people: Person[] = []

  const visitor: World['visitor'] = async (name, options) => {
    const person = await openPerson(browser, server, name, options)
    people.push(person)
    return person
  }

  return {
    server,
    visitor,
    member: async (name, options) => {
      const person = await visitor(name, options)
      await signUp(person)
      return person
    },
    expectNoProblems: () => {
      const all = people.flatMap(({ name, problems }) =>
        problems.found().map((text) => `${name}: ${text}`),
      )
      if (all.length > 0) throw new Error(`Problems in the pages:\n${all.join('\n')}`)
    },
    close: async () => {
      await browser.close()
      await server.stop()
    },
  }
}

async function launch(): Promise<Browser> {
  const executablePath =
    process.env['CHROMIUM'] ??
    Bun.which('chromium') ??
    Bun.which('chromium-browser') ??
    Bun.which('google-chrome')
  if (!executablePath)
    throw new Error('The browser suites need Chromium: install it, or name it in CHROMIUM')
  const quiet = [
    'disable-quic',
    'no-first-run',
    'disable-background-networking',
    'disable-component-update',
    'disable-sync',
  ]
  return chromium.launch({
    executablePath,
    args: ['no-sandbox', ...quiet].map((flag) => `--${flag}`),
  })
}

async function openPerson(
  browser: Browser,
  server: Place,
  name: string,
  options: BrowserContextOptions = {},
): Promise<Person> {
  const { baseURL: origin = server.origin } = options
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(15_000)
  const problems = watchPage(context)
  const page = await context.newPage()
  const person: Person = {
    name,
    email: `${name.toLowerCase()}@example.org`,
    context,
    page,
    problems,
    newTab: async (path) => {
      const tab = await context.newPage()
      await tab.goto(path)
      return tab
    },
    call: async <Answer>(method: string, path: string, body?: unknown) => {
      const answer = await context.request.fetch(path, {
        method,
        headers: {
          origin,
          'content-type': 'application/json',
          ...(person.token && { authorization: `Bearer ${person.token}` }),
        },
        ...(body !== undefined && { data: JSON.stringify(body) }),
      })
      if (!answer.ok())
        throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
      // The server's own schemas are tested on the wire; a suite here names the shape it reads.
      return (answer.status() === 204 ? null : await answer.json()) as Answer
    },
  }
  return person
}

async function signUp(person: Person): Promise<void> {
  const { page } = person
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill(person.name)
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  const answer = page.waitForResponse('**/api/auth/signup')
  await page.getByRole('button', { name: 'Create account' }).click()
  // What `signedInSchema` says; refused, the next line waits in vain and the test fails there.
  const { accessToken } = (await (await answer).json()) as { accessToken: string }
  person.token = accessToken
  await page.getByRole('navigation', { name: 'Rooms and people' }).waitFor()
}

/** A public room made past the pages. */
export async function makeRoom(
  owner: Person,
  name: string,
  members: Person[] = [],
): Promise<MyRoom> {
  const { room } = await owner.call<{ room: MyRoom }>('POST', '/api/rooms', {
    name,
    kind: 'public',
  })
  for (const member of members) await member.call('POST', `/api/rooms/${room.id}/join`)
  return room
}
