import { quantile } from '../report.ts'
import { workedMs } from './memory.ts'
import type { Figure } from './figure.ts'
import type { Stage } from './stage.ts'

const tried = 20

/** From the click on a room until its chats are painted: for the first time, and when it was open before. */
export async function measureRooms(stage: Stage): Promise<Figure[]> {
  const { page, rooms } = stage
  const small = rooms.slice(1)
  // The code of a room is loaded, and compiled.
  for (const { slug, name } of small.slice(0, 3)) await openRoom(page, slug, name)
  const chosen = small.slice(3, 3 + tried)
  const first: number[] = []
  const again: number[] = []
  for (const { slug, name } of chosen) first.push(await openRoom(page, slug, name))
  const before = await workedMs(stage)
  for (const { slug, name } of chosen) again.push(await openRoom(page, slug, name))
  const worked = (await workedMs(stage)) - before
  const bare: number[] = []
  for (let times = 0; times < tried; times += 1) bare.push(await clickBare(page))
  return [
    ...spread('a click that changes one word, click to paint', bare),
    ...spread('a room that was open before, click to paint', again, 50),
    { what: 'what the page worked for that', value: worked / chosen.length, unit: 'ms' },
    ...spread('a room opened for the first time, click to paint', first, 200),
  ]
}

const spread = (what: string, values: number[], atMost?: number): Figure[] => [
  { what: `${what}, the fastest`, value: Math.min(...values), unit: 'ms' },
  { what: `${what}, median`, value: quantile(values, 0.5), unit: 'ms' },
  {
    what: `${what}, p95`,
    value: quantile(values, 0.95),
    unit: 'ms',
    ...(atMost !== undefined && { aim: { atMost } }),
  },
]

/** What any click takes here: one word of the page is changed, and painted. */
const clickBare = (page: Stage['page']): Promise<number> =>
  page.evaluate(async () => {
    const word = document.createElement('button')
    word.textContent = 'before'
    word.addEventListener('click', () => (word.textContent = 'after'))
    document.body.append(word)
    const start = performance.now()
    word.click()
    await notes.painted()
    const took = performance.now() - start
    word.remove()
    return took
  })

/** Milliseconds. A link of its own is clicked, so that it need not be in sight in the sidebar. */
export const openRoom = (page: Stage['page'], slug: string, name: string): Promise<number> =>
  page.evaluate(
    async ({ path, label }) => {
      const link = document.createElement('a')
      link.href = path
      document.body.append(link)
      const isShown = () => {
        const row = document.querySelector(`[role=log][aria-label="${label}"] [role=article]`)
        return row !== null && getComputedStyle(row).visibility === 'visible'
      }
      const start = performance.now()
      link.click()
      // Rows may be made and shown within one frame, after its callbacks: what it painted is known behind it.
      do {
        await notes.painted()
        if (performance.now() - start > 20_000) throw new Error(`${path} did not open`)
      } while (!isShown())
      const took = performance.now() - start
      link.remove()
      return took
    },
    { path: `/r/${slug}`, label: `Messages in ${name}` },
  )
