import { type ContestantName, contestantNames } from './contestants.ts'
import { quantile } from './report.ts'

/** What Parley wants to reach: by its own value, or against the bare server's. */
export interface Aim {
  of: 'value' | 'ratio' | 'difference'
  atLeast?: number
  atMost?: number
}

/** One line of the table: what was measured, of whom, how often. */
export interface Figure {
  what: string
  /** A value a round. Round n of all fell into the same minutes. */
  rounds: Partial<Record<ContestantName, number[]>>
  aim?: Aim
  /** Of whom the load generator could not have taken more. */
  saturated?: ContestantName[]
}

/** A figure's medians, and how Parley stands in it. */
export interface Standing {
  what: string
  values: Partial<Record<ContestantName, number>>
  /** Parley's to each rival's. */
  ratios: Partial<Record<ContestantName, number>>
  aim: Aim | null
  isReached: boolean | null
  saturated: ContestantName[]
}

export function standingOf({ what, rounds, aim, saturated = [] }: Figure): Standing {
  const values: Standing['values'] = {}
  const ratios: Standing['ratios'] = {}
  for (const name of contestantNames) {
    const own = rounds[name]
    if (!own || own.length === 0) continue
    values[name] = quantile(own, 0.5)
    if (name !== 'parley')
      ratios[name] = pairedMedian(rounds, name, (ours, theirs) => ours / theirs)
  }
  return {
    what,
    values,
    ratios,
    aim: aim ?? null,
    isReached: aim ? isReached(aim, rounds, values, ratios) : null,
    saturated,
  }
}

const isReached = (
  { of, atLeast = -Infinity, atMost = Infinity }: Aim,
  rounds: Figure['rounds'],
  values: Standing['values'],
  ratios: Standing['ratios'],
): boolean => {
  const figures = {
    value: () => values.parley,
    ratio: () => ratios.bare,
    difference: () => pairedMedian(rounds, 'bare', (ours, theirs) => ours - theirs),
  }
  const reached = figures[of]() ?? Number.NaN
  return reached >= atLeast && reached <= atMost
}

/** Of each round by itself: the machine's other work then falls on both sides alike. */
const pairedMedian = (
  { parley = [], ...rivals }: Figure['rounds'],
  name: Exclude<ContestantName, 'parley'>,
  compare: (ours: number, theirs: number) => number,
): number =>
  quantile(
    parley.map((ours, round) => compare(ours, rivals[name]?.[round] ?? Number.NaN)),
    0.5,
  )

/** As people read it: `atLeast 0.7` of a ratio is `≥ 0.7 × bare`. */
export function aimText({ of, atLeast, atMost }: Aim): string {
  if (atMost === 0) return 'none'
  const bounds = [
    ...(atLeast === undefined ? [] : [`≥ ${formatNumber(atLeast)}`]),
    ...(atMost === undefined ? [] : [`≤ ${formatNumber(atMost)}`]),
  ].join(', ')
  if (of === 'ratio') return `${bounds} × bare`
  return of === 'difference' ? `${bounds} over bare` : bounds
}

/** Three digits that count, thousands apart. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '—'
  if (Math.abs(value) >= 1_000) {
    const digits = Math.max(0, Math.floor(Math.log10(Math.abs(value))) - 2)
    const rounded = Math.round(value / 10 ** digits) * 10 ** digits
    return rounded.toLocaleString('en-US')
  }
  return String(Number(value.toPrecision(3)))
}
