import { quantile } from '../report.ts'
import type { Figure } from './figure.ts'
import { memoryOf, workedMs } from './memory.ts'
import { openRoom } from './rooms.ts'
import type { Stage } from './stage.ts'

const frameMs = 1_000 / 60
const wheelPxPerSecond = 3_000
const wheelPx = 45_000

/** A big room: scrolled by wheel with an eye on the frames, then read through to its very first chat. */
export async function measureScrolling(stage: Stage): Promise<Figure[]> {
  const { page, rooms } = stage
  const [big, other] = rooms
  if (!big || !other) throw new Error('There is no room to scroll in')
  await openRoom(page, other.slug, other.name)
  await openRoom(page, big.slug, big.name)
  const before = await memoryOf(stage)
  const smooth = await scrollByWheel(stage)
  const pages = await readToTheStart(stage)
  const after = await memoryOf(stage)
  return [
    ...smooth,
    { what: 'reading the big room to its first chat: pages', value: pages.count, unit: '' },
    { what: 'a page of it, median', value: quantile(pages.ms, 0.5), unit: 'ms' },
    {
      what: 'a page of it, the last hundred',
      value: quantile(pages.ms.slice(-100), 0.5),
      unit: 'ms',
    },
    { what: 'heap before', value: before.heapMb, unit: 'MB' },
    {
      what: 'heap grown after all of it',
      value: Math.max(0, after.heapMb - before.heapMb),
      unit: 'MB',
      aim: { atMost: 5 },
    },
    {
      what: 'nodes of the document grown',
      value: Math.max(0, after.nodes - before.nodes),
      unit: '',
      aim: { atMost: 2_000 },
    },
  ]
}

async function scrollByWheel(stage: Stage): Promise<Figure[]> {
  const { page } = stage
  await page.evaluate(() => Object.assign(notes, { gaps: [], long: [], isOn: true }))
  const before = await workedMs(stage)
  await turnWheel(stage, wheelPx)
  const { gaps, long } = await page.evaluate(() => ((notes.isOn = false), notes))
  const worked = (await workedMs(stage)) - before
  const total = gaps.reduce((sum, gap) => sum + gap, 0)
  const missed = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frameMs) - 1), 0)
  return [
    {
      what: 'frames missed of a scroll through 45,000 px',
      value: (100 * missed) / Math.max(1, Math.round(total / frameMs)),
      unit: '%',
      aim: { atMost: 5 },
    },
    {
      what: 'what the page worked for a frame of it, on average',
      value: worked / Math.max(1, gaps.length),
      unit: 'ms',
      aim: { atMost: 8 },
    },
    { what: 'its longest frame', value: Math.max(0, ...gaps), unit: 'ms' },
    { what: 'its frames over 50 ms', value: long.length, unit: '', aim: { atMost: 0 } },
    {
      what: 'frames in which a row in sight moved against the hand',
      value: await countJumps(stage),
      unit: '',
      aim: { atMost: 0 },
    },
  ]
}

/** By itself: to ask where rows are takes time that would count as the page's. */
async function countJumps(stage: Stage): Promise<number> {
  const { page } = stage
  await page.evaluate(() => Object.assign(notes, { jumps: 0, isOn: true, followsRows: true }))
  await turnWheel(stage, wheelPx / 3)
  return page.evaluate(() => Object.assign(notes, { isOn: false, followsRows: false }).jumps)
}

/** Up, towards what is older. */
async function turnWheel({ page, cdp }: Stage, yDistance: number): Promise<void> {
  const box = await page.getByRole('log').boundingBox()
  if (!box) throw new Error('The room is not in sight')
  await cdp.send('Input.synthesizeScrollGesture', {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance,
    speed: wheelPxPerSecond,
    gestureSourceType: 'mouse',
  })
}

/** Goes to the top of what is loaded until nothing older is left. */
const readToTheStart = ({ page }: Stage): Promise<{ count: number; ms: number[] }> =>
  page.evaluate(async () => {
    const log = document.querySelector('[role=log]')
    if (!log) throw new Error('There is no room')
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const isAtStart = () => document.querySelector('.room-start') !== null
    const ms: number[] = []
    while (!isAtStart()) {
      const start = performance.now()
      const first = log.querySelector('[data-key]')?.getAttribute('data-key')
      log.scrollTop = 0
      log.dispatchEvent(new WheelEvent('wheel', { deltaY: -100 }))
      do {
        await frame()
        if (performance.now() - start > 10_000)
          throw new Error(`No more came after ${ms.length} pages`)
      } while (log.querySelector('[data-key]')?.getAttribute('data-key') === first && !isAtStart())
      ms.push(performance.now() - start)
    }
    return { count: ms.length, ms }
  })
