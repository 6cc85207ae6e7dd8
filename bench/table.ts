import { labels, contestantNames, type ContestantName } from './contestants.ts'
import { aimText, formatNumber, type Standing } from './figures.ts'

const rivals = contestantNames.filter((name) => name !== 'parley')

const head = [
  'figure',
  ...contestantNames.map((name) => labels[name]),
  ...rivals.map((name) => `× ${labels[name]}`),
  'aim',
  '',
]

export interface Section {
  bench: string
  /** Which contestants it measures; the others have no such thing. */
  entered: readonly ContestantName[]
  standings: Standing[]
}

/** All figures as one Markdown table, columns aligned, as the formatter leaves it. */
export function markdownTable(sections: Section[]): string {
  const rows = sections.flatMap(({ entered, standings }) => {
    const notRun = entered.filter((name) =>
      standings.every(({ values }) => values[name] === undefined),
    )
    return standings.map((standing) => cellsOf(standing, notRun))
  })
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const table = [line(head), rule, ...rows.map(line)].join('\n')
  const isSaturated = sections.some(({ standings }) =>
    standings.some((one) => one.saturated.length),
  )
  return isSaturated ? `${table}\n\n${saturatedNote}` : table
}

const saturatedNote =
  '† The load generator kept a core busy by itself: the server may carry more than this.'

const cellsOf = (standing: Standing, notRun: readonly ContestantName[]): string[] => {
  const { what, values, ratios, aim, isReached, saturated } = standing
  const value = (name: ContestantName): string => {
    const found = values[name]
    if (found === undefined) return notRun.includes(name) ? 'not run' : ''
    return `${formatNumber(found)}${saturated.includes(name) ? ' †' : ''}`
  }
  const ratio = (name: ContestantName): string => {
    const found = ratios[name] ?? Number.NaN
    // Nothing is so many times nothing.
    return Number.isFinite(found) ? formatNumber(found) : ''
  }
  return [
    what,
    ...contestantNames.map(value),
    ...rivals.map(ratio),
    aim ? aimText(aim) : '',
    isReached === null ? '' : isReached ? 'ok' : 'short',
  ]
}
