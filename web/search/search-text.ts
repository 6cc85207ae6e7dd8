import { parseSearch, searchOperators, type SearchPart } from '../../src/protocol/search-query.ts'

/** A part of the text that a list of people or rooms can finish. */
export interface Completion {
  type: 'from' | 'in'
  /** As far as it is typed, without `@` and `#`. */
  typed: string
  /** Of the whole part, its minus and operator among it. */
  start: number
  end: number
  not: boolean
}

/** What the caret stands at the end of, when that is `from:…` or `in:…`. */
export function completionAt(text: string, caret: number): Completion | null {
  const before = text.slice(0, caret)
  const match = /(?:^|\s)(-?)(from|in):([@#]?[^\s"]*)$/iu.exec(before)
  // In the middle of a word somebody mends it; a list would be in the way.
  if (!match || /^[^\s"]/.test(text.slice(caret))) return null
  const [, minus = '', operator = '', value = ''] = match
  return {
    type: operator.toLowerCase() === 'from' ? 'from' : 'in',
    typed: value.replace(/^[@#]/, ''),
    start: caret - minus.length - operator.length - 1 - value.length,
    end: caret,
    not: minus === '-',
  }
}

export interface Edited {
  text: string
  caret: number
}

/** The text with `value` (`@ada`, `#general`) in the place of what was begun. */
export function completed(text: string, completion: Completion, value: string): Edited {
  const { type, start, end, not } = completion
  return replaced(text, start, end, `${not ? '-' : ''}${type}:${value} `)
}

/** The text with one more part at its end, or one that is only begun: `from:`. */
export function withPart(text: string, part: string): Edited {
  const before = text.trimEnd()
  const next = `${before}${before === '' ? '' : ' '}${part}`
  return { text: next, caret: next.length }
}

export function withoutPart(
  text: string,
  { start, end }: Pick<SearchPart, 'start' | 'end'>,
): string {
  const before = text.slice(0, start).trimEnd()
  const after = text.slice(end).trimStart()
  return before === '' || after === '' ? before + after : `${before} ${after}`
}

const replaced = (text: string, start: number, end: number, by: string): Edited => {
  const rest = text.slice(end).trimStart()
  return { text: text.slice(0, start) + by + rest, caret: start + by.length }
}

/**
 * What to ask for while it is typed: without a part that is only begun (`in:gen`, `before:2026-`), which
 * would find nothing, or words that nobody means.
 */
export function askedOf(text: string, completion: Completion | null): string {
  if (completion) return withoutPart(text, completion).trim()
  const last = parseSearch(text).at(-1)
  const isBegun =
    last?.type === 'words' && last.end === text.length && isOperator.test(text.slice(last.start))
  return (isBegun ? text.slice(0, last.start) : text).trim()
}

const isOperator = new RegExp(`^-?(?:${searchOperators.join('|')}):`, 'i')

/** The parts of a search that are more than words: they are shown as what they mean. */
export const chipsOf = (text: string): SearchPart[] =>
  parseSearch(text).filter(({ type }) => type !== 'words' && type !== 'phrase')
