import { quantile } from '../report.ts'
import type { Check } from './fault.ts'

export interface Checks {
  /** A figure and its bound; no figure (NaN) is not within any. */
  atMost: (what: string, value: number, bound: number, unit?: string) => void
  atLeast: (what: string, value: number, bound: number, unit?: string) => void
  exactly: (what: string, value: number, expected: number) => void
  /** The p99 of times; of no times at all it fails. */
  p99AtMost: (what: string, values: readonly number[], boundMs: number) => void
  /** Nothing of that kind; what there is, is counted, and the first told. */
  none: (what: string, found: readonly unknown[]) => void
  /** What has no figure. */
  holds: (what: string, ok: boolean, figure?: string) => void
}

/** Collects what had to hold, held or not: a run goes on, so that its table is whole. */
export function createChecks(checks: Check[]): Checks {
  const put = (what: string, ok: boolean, figure: string): void => {
    checks.push({ what, figure, ok })
  }
  const atMost: Checks['atMost'] = (what, value, bound, unit = '') =>
    put(what, value <= bound, `${shown(value)}${unit} ≤ ${shown(bound)}${unit}`)
  return {
    atMost,
    atLeast: (what, value, bound, unit = '') =>
      put(what, value >= bound, `${shown(value)}${unit} ≥ ${shown(bound)}${unit}`),
    exactly: (what, value, expected) =>
      put(what, value === expected, `${shown(value)} = ${shown(expected)}`),
    p99AtMost: (what, values, boundMs) =>
      atMost(`${what}, p99 of ${values.length}`, quantile(values, 0.99), boundMs, ' ms'),
    none: (what, found) =>
      put(what, found.length === 0, [found.length, ...found.slice(0, 1)].join(', as ')),
    holds: (what, ok, figure = ok ? 'yes' : 'no') => put(what, ok, figure),
  }
}

const shown = (value: number): string =>
  Number.isInteger(value) || Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1)
