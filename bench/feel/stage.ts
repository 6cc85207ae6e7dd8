import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright-core'
import { freePort } from '../../src/db/embedded-access.ts'
import { planWorld, type PlannedRoom } from '../../src/scripts/populate/plan.ts'
import { createServerProcess, populate, type ServerProcess } from '../server-process.ts'
import { watchFrames } from './frames.ts'

export interface StageSize {
  rooms: number
  /** Of each room. */
  chats: number
  /** More, in the first room. */
  big: number
}

/** A real server on a populated world, and a browser in which user0, who is in every room, is signed in. */
export interface Stage {
  origin: string
  /** The first one is the big one. */
  rooms: Pick<PlannedRoom, 'name' | 'slug'>[]
  /** Access tokens: of user0, user1, … */
  tokens: string[]
  page: Page
  cdp: CDPSession
  /** Where others drive the same browser, as Lighthouse does. */
  debugPort: number
  serverPid: number
  close: () => Promise<void>
}

const people = 20
const password = 'correct horse battery'

export async function openStage(size: StageSize, say: (line: string) => void): Promise<Stage> {
  const server = await createServerProcess({ withWeb: true })
  let context: BrowserContext | undefined
  const profile = await mkdtemp(join(tmpdir(), 'parley-feel-'))
  const close = async (): Promise<void> => {
    await context?.close()
    await server.stop()
    await rm(profile, { recursive: true, force: true })
  }
  try {
    await server.start()
    say(`Populating ${size.rooms} rooms, one of them with ${size.big} more chats …`)
    const tokens = await fill(server, size)
    const debugPort = await freePort()
    context = await launch(profile, debugPort)
    const page = await signIn(context, server.url)
    const cdp = await context.newCDPSession(page)
    // Counts what the page itself computed, whatever else the machine did meanwhile.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    await cdp.send('HeapProfiler.enable')
    return {
      origin: server.url,
      rooms: planOf(size).places,
      tokens,
      page,
      cdp,
      debugPort,
      serverPid: server.pid(),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const worldOf = ({ rooms, chats, big }: StageSize) =>
  ({
    users: people,
    rooms,
    members: people,
    chats: chats * rooms,
    big,
    talk: 'lively',
    password,
  }) as const

/** What `populate` makes, by names and slugs. */
const planOf = (size: StageSize) =>
  planWorld({ ...worldOf(size), isLively: true, prefix: 'user' }, () => '')

const fill = (server: ServerProcess, size: StageSize): Promise<string[]> =>
  populate(server.dataDir, worldOf(size))

async function launch(profile: string, debugPort: number): Promise<BrowserContext> {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const executablePath =
    process.env['CHROMIUM'] ?? names.map((name) => Bun.which(name)).find((path) => path !== null)
  if (!executablePath) throw new Error('This needs Chromium: install it, or name it in CHROMIUM')
  const flags = ['no-sandbox', 'no-first-run', 'disable-quic', 'disable-background-networking']
  // A profile, not a context of its own: Lighthouse opens its tab where the session is.
  return chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...flags.map((flag) => `--${flag}`), `--remote-debugging-port=${debugPort}`],
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
  })
}

async function signIn(context: BrowserContext, origin: string): Promise<Page> {
  await context.addInitScript(watchFrames)
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('E-mail').fill('user0@example.com')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const sidebar = page.getByRole('navigation', { name: 'Rooms and people' })
  // Where rooms are clicked, and not where the sign-in page had its button.
  await sidebar.hover()
  return page
}
