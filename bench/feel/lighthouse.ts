import lighthouse, { desktopConfig, type Result } from 'lighthouse'
import type { Figure } from './figure.ts'
import type { Stage } from './stage.ts'

const categories = { performance: 95, accessibility: 95, 'best-practices': 95 } as const

/** Lighthouse itself advises so: one run differs from the next by up to ten points. */
const runs = 5

/** Lighthouse on the page of a room, signed in, as a desktop: the run in the middle by performance. */
export async function measureByLighthouse(
  { origin, rooms, debugPort }: Stage,
  say: (line: string) => void,
): Promise<Figure[]> {
  const found: Result[] = []
  for (let run = 0; run < runs; run += 1) {
    const result = await lighthouse(
      `${origin}/r/${rooms[1]?.slug}`,
      // What is stored is the session.
      { port: debugPort, disableStorageReset: true, onlyCategories: Object.keys(categories) },
      desktopConfig,
    )
    if (!result) throw new Error('Lighthouse has nothing to say')
    const { lhr } = result
    if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`)
    found.push(lhr)
  }
  const performance = (lhr: Result) => lhr.categories['performance']?.score ?? 0
  const lhr = found.toSorted((a, b) => performance(a) - performance(b))[Math.floor(runs / 2)]
  if (!lhr) throw new Error('Lighthouse did not run')
  for (const { title, score, scoreDisplayMode, displayValue } of Object.values(lhr.audits)) {
    if (score === null || score >= 0.9 || scoreDisplayMode === 'informative') continue
    say(`Lighthouse: ${title}${displayValue ? `: ${displayValue}` : ''}`)
  }
  const speed = {
    what: 'Lighthouse, its index of this machine (1,000: a phone of the middle)',
    value: lhr.environment.benchmarkIndex,
    unit: '',
  }
  const scores = Object.entries(categories).map(([name, atLeast]) => ({
    what: `Lighthouse, ${name.replace('-', ' ')}`,
    value: Math.round((lhr.categories[name]?.score ?? 0) * 100),
    unit: '',
    aim: { atLeast },
  }))
  return [...scores, speed]
}
