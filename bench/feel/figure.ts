/** One line of what was measured. */
export interface Figure {
  what: string
  value: number
  unit: string
  aim?: { atMost: number } | { atLeast: number }
}

export const isReached = ({ value, aim }: Figure): boolean | null => {
  if (!aim) return null
  return 'atMost' in aim ? value <= aim.atMost : value >= aim.atLeast
}

const shown = (value: number, unit: string): string => {
  const digits = value >= 100 || Number.isInteger(value) ? 0 : value >= 1 ? 1 : 3
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })}${unit && ` ${unit}`}`
}

const aimOf = ({ aim, unit }: Figure): string => {
  if (!aim) return ''
  return 'atMost' in aim ? `≤ ${shown(aim.atMost, unit)}` : `≥ ${shown(aim.atLeast, unit)}`
}

/** As a Markdown table, columns aligned, as the formatter leaves it. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const reached = isReached(figure)
    return [
      figure.what,
      shown(figure.value, figure.unit),
      aimOf(figure),
      reached === null ? '' : reached ? 'ok' : 'short',
    ]
  })
  const head = ['what', 'measured', 'aim', '']
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}
