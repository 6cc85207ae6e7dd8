import type { Writing } from './writing.ts'

/** What the tools and their keys do with the selection. */
export type Format =
  | 'bold'
  | 'italic'
  | 'strike'
  | 'code'
  | 'code_block'
  | 'quote'
  | 'bullets'
  | 'numbers'

const marks = { bold: '**', italic: '_', strike: '~~', code: '`' } as const

/** Puts a format around the selection or in front of its lines, or takes it away where it is. */
export function formatted(writing: Writing, format: Format): Writing {
  switch (format) {
    case 'bold':
    case 'italic':
    case 'strike':
    case 'code':
      return toggleMark(writing, marks[format])
    case 'code_block':
      return toggleFence(writing)
    case 'quote':
      return toggleLines(writing, /^> ?/, () => '> ')
    case 'bullets':
      return toggleLines(writing, /^[-*+] /, () => '- ')
    case 'numbers':
      return toggleLines(writing, /^\d+[.)] /, (at) => `${at + 1}. `)
  }
}

function toggleMark(writing: Writing, mark: string): Writing {
  const { text, start, end } = withoutEdges(writing)
  const { length } = mark
  const isAround =
    text.slice(start - length, start) === mark && text.slice(end, end + length) === mark
  if (isAround)
    return {
      text: text.slice(0, start - length) + text.slice(start, end) + text.slice(end + length),
      start: start - length,
      end: end - length,
    }
  const inside = text.slice(start, end)
  const lines = inside.split('\n')
  if (lines.length === 1 && !isMarked(inside, mark))
    return {
      ...put(text, start, end, mark + inside + mark),
      start: start + length,
      end: end + length,
    }
  // Markdown's marks end with their paragraph, so each line gets its own.
  const isOff = lines.every((line) => line.trim() === '' || isMarked(line.trim(), mark))
  return put(text, start, end, lines.map((line) => markLine(line, mark, isOff)).join('\n'))
}

const isMarked = (text: string, mark: string): boolean =>
  text.length > 2 * mark.length && text.startsWith(mark) && text.endsWith(mark)

function markLine(line: string, mark: string, isOff: boolean): string {
  const words = line.trim()
  if (words === '' || isMarked(words, mark) !== isOff) return line
  const next = isOff ? words.slice(mark.length, -mark.length) : mark + words + mark
  // As a function: a `$` in what people write is no pattern.
  return line.replace(words, () => next)
}

function toggleFence({ text, start, end }: Writing): Writing {
  const inside = text.slice(start, end)
  const before = /(^|\n)```[^\n`]*\n$/.exec(text.slice(0, start))
  const after = /^\n```(?=\n|$)/.exec(text.slice(end))
  if (before && after) {
    const from = before.index + (before[1]?.length ?? 0)
    return put(text, from, end + after[0].length, inside)
  }
  const lead = start === 0 || text[start - 1] === '\n' ? '' : '\n'
  const tail = end === text.length || text[end] === '\n' ? '' : '\n'
  const opening = `${lead}\`\`\`\n`
  const next = put(text, start, end, `${opening}${inside}\n\`\`\`${tail}`)
  return { ...next, start: start + opening.length, end: start + opening.length + inside.length }
}

function toggleLines(
  { text, start, end }: Writing,
  pattern: RegExp,
  prefix: (at: number) => string,
): Writing {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const next = text.indexOf('\n', end)
  const to = next === -1 ? text.length : next
  const lines = text.slice(from, to).split('\n')
  const isOff = lines.every((line) => pattern.test(line))
  const changed = lines.map((line, at) =>
    isOff ? line.replace(pattern, '') : prefix(at) + line.replace(pattern, ''),
  )
  const whole = put(text, from, to, changed.join('\n'))
  // With nothing selected one goes on writing where one was.
  return start === end ? { ...whole, start: whole.end } : whole
}

/** Blanks at the edges of a selection stay outside of marks: `**so **` is not bold. */
function withoutEdges({ text, start, end }: Writing): Writing {
  const inside = text.slice(start, end)
  if (inside.trim() === '') return { text, start, end }
  const lead = inside.length - inside.trimStart().length
  const tail = inside.length - inside.trimEnd().length
  return { text, start: start + lead, end: end - tail }
}

const put = (text: string, start: number, end: number, inside: string): Writing => ({
  text: text.slice(0, start) + inside + text.slice(end),
  start,
  end: start + inside.length,
})

/** Words that are selected become the words of a link; null where the paste is no single address. */
export function linked({ text, start, end }: Writing, pasted: string): Writing | null {
  const words = text.slice(start, end)
  const address = pasted.trim()
  const isAddress = /^(?:https?:\/\/|mailto:)\S+$/i.test(address) && URL.canParse(address)
  if (!isAddress || words.trim() === '' || /[\n[\]]|:\/\//.test(words)) return null
  // A bracket of its own would end the address early.
  const safe = address.replace(/[()<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  const link = put(text, start, end, `[${words}](${safe})`)
  return { ...link, start: link.end }
}

const item = /^(\s*)(?:([-*+]) (\[[ x]\] )?|(\d{1,9})([.)]) |(> ?))/i

/**
 * A new line inside a list or a quote goes on with it; on an item that is still empty it ends the list.
 * Null is a plain new line.
 */
export function nextLine({ text, start, end }: Writing): Writing | null {
  if (start !== end) return null
  const from = text.lastIndexOf('\n', start - 1) + 1
  const line = text.slice(from, start)
  const match = item.exec(line)
  if (!match) return null
  const [whole, indent = '', bullet, box, number, dot, quote] = match
  if (line.length === whole.length && !text.slice(start).match(/^[^\n]/))
    return { ...put(text, from, start, ''), end: from }
  const sign =
    quote ?? (bullet ? `${bullet} ${box ? '[ ] ' : ''}` : `${Number(number) + 1}${dot ?? '.'} `)
  const next = put(text, start, start, `\n${indent}${sign}`)
  return { ...next, start: next.end }
}
