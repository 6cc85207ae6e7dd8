import { quantile } from '../report.ts'
import type { Outcome, Result } from './fault.ts'
import { hasHeld } from './run-fault.ts'

const columns = [
  'fault',
  'trials',
  'sends',
  'acks',
  'lost',
  'doubled',
  'holes',
  'reordered',
  'phantoms',
  'back p50',
  'back p99',
  'memory',
  'result',
]

/** The table of a run, as Markdown: what was done, what was found, what was not run. */
export function tableOf(results: readonly Result[]): string {
  const rows = [columns, ...results.map(rowOf)]
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const lines = rows.map((row) => {
    const cells = row.map((cell, at) => {
      const width = widths[at] ?? 0
      return at === 0 || at === columns.length - 1 ? cell.padEnd(width) : cell.padStart(width)
    })
    return `| ${cells.join(' | ')} |`
  })
  const rule = widths.map((width, at) =>
    at === 0 || at === columns.length - 1 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  )
  return [lines[0], `| ${rule.join(' | ')} |`, ...lines.slice(1)].join('\n')
}

const rowOf = (result: Result): string[] => {
  const { fault, outcome } = result
  if (!outcome) return [fault.name, ...columns.slice(2).map(() => ''), verdictOf(result)]
  const { findings, recoveriesMs, peakBytes } = outcome
  return [
    fault.name,
    ...[outcome.trials, outcome.sends, outcome.acks].map(String),
    ...[findings.lost, findings.doubled, findings.holes].map(String),
    ...[findings.reordered, findings.phantoms].map(String),
    ...[0.5, 0.99].map((share) => secondsOf(quantile(recoveriesMs, share))),
    `${Math.round(peakBytes / 2 ** 20)} MB`,
    verdictOf(result),
  ]
}

const secondsOf = (ms: number): string => {
  if (Number.isNaN(ms)) return ''
  return ms === Infinity ? 'never' : `${(ms / 1_000).toFixed(2)} s`
}

export const verdictOf = (result: Result): string => {
  if (result.notRun !== undefined) return `not run: ${result.notRun}`
  return hasHeld(result) ? 'ok' : 'FAILED'
}

/** What had to hold in one fault, a line each. */
export function checksOf({ outcome, error }: Result): string {
  const checks = outcome?.checks ?? []
  const lines = checks.map(
    ({ what, figure, ok }) => `  ${ok ? 'ok    ' : 'FAILED'} ${what}: ${figure}`,
  )
  if (error !== undefined) lines.push(`  FAILED ${error}`)
  return lines.join('\n')
}

/** What each fault does, and the figures of what had to hold, as a list in Markdown. */
export const listOf = (results: readonly Result[]): string =>
  results
    .map(({ fault, outcome }) => {
      const checks = outcome?.checks ?? []
      // What holds of every run is in the table.
      const own = checks.filter(({ what }) => !common.has(what))
      const figures = own.map(
        ({ what, figure, ok }) => `${what}: ${figure}${ok ? '' : ' (FAILED)'}`,
      )
      return [`- **${fault.name}**: ${fault.about}.`, ...figures.map((text) => `  - ${text}`)].join(
        '\n',
      )
    })
    .join('\n')

const common = new Set([
  'every send was acked in the end',
  'sends refused for good',
  'previews that never ended',
])

/** What so many acks say of how often one is lost: of none in N, the rate is below 3/N (95 %). */
export function boundOf(results: readonly Result[]): string {
  const outcomes = results.flatMap(({ outcome }): Outcome[] => (outcome ? [outcome] : []))
  const acks = outcomes.reduce((sum, outcome) => sum + outcome.acks, 0)
  const lost = outcomes.reduce((sum, { findings }) => sum + findings.lost, 0)
  if (acks === 0) return 'Nothing was acked.'
  if (lost > 0) return `${lost} of ${acks} acks were lost.`
  return `None of ${acks} acks was lost: with 95 % confidence fewer than one in ${Math.floor(acks / 3)}.`
}
