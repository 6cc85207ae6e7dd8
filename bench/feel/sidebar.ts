import { quantile } from '../report.ts'
import type { Figure } from './figure.ts'
import type { Stage } from './stage.ts'

const news = 100

/** A start with all those rooms, and chats that come in one after another of them while nobody touches anything. */
export async function measureSidebar(stage: Stage): Promise<Figure[]> {
  const starts: number[] = []
  for (let times = 0; times < 5; times += 1) starts.push(await startIn(stage))
  const { page, rooms } = stage
  await page.evaluate(() => Object.assign(notes, { gaps: [], long: [], isOn: true }))
  for (let at = 0; at < news; at += 1) {
    await write(stage, rooms[2 + (at % (rooms.length - 2))]?.slug ?? '')
    await Bun.sleep(30)
  }
  const arriving = await page.evaluate(() => ((notes.isOn = false), notes))
  return [
    {
      what: 'a reload until the room is painted, median',
      value: quantile(starts, 0.5),
      unit: 'ms',
    },
    {
      what: `longest frame while ${news} chats come in other rooms`,
      value: Math.max(0, ...arriving.gaps),
      unit: 'ms',
      aim: { atMost: 50 },
    },
    {
      what: 'frames over 50 ms meanwhile',
      value: arriving.long.length,
      unit: '',
      aim: { atMost: 0 },
    },
  ]
}

async function startIn({ page, origin, rooms }: Stage): Promise<number> {
  await page.goto(`${origin}/r/${rooms[1]?.slug}`, { waitUntil: 'commit' })
  await page.getByRole('log').getByRole('article').first().waitFor()
  // From the start of the navigation, by the page's own clock.
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())))
      }),
  )
}

const ids = new Map<string, string>()

/** As user1. */
async function write({ origin, tokens }: Stage, slug: string): Promise<void> {
  const headers = { authorization: `Bearer ${tokens[1]}`, 'content-type': 'application/json' }
  if (!ids.has(slug)) {
    const answer = await fetch(`${origin}/api/rooms/by-slug/${slug}`, { headers })
    // The route's own shape.
    const { room } = (await answer.json()) as { room: { id: string } }
    ids.set(slug, room.id)
  }
  const body = JSON.stringify({ message: 'something new' })
  const url = `${origin}/api/rooms/${ids.get(slug)}/chats`
  const { status } = await fetch(url, { method: 'POST', headers, body })
  if (status !== 201) throw new Error(`A chat in ${slug} was answered with ${status}`)
}
