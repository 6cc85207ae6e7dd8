/** What a search may ask of a chat beside its words. */
export const searchOperators = ['from', 'in', 'has', 'is', 'before', 'after'] as const
export type SearchOperator = (typeof searchOperators)[number]

/**
 * One part of a search as it was typed, at `start` to `end` of the text. `not` stands for the `-`
 * before it. A part whose value means nothing (`has:wings`) is words like any other.
 */
export type SearchPart = { start: number; end: number; not: boolean } & (
  | { type: 'words'; text: string }
  /** In quotes: these words in this order. */
  | { type: 'phrase'; text: string }
  /** A handle, without its `@`; `me` is whoever asks. */
  | { type: 'from'; handle: string }
  /** A room by its slug, or the talks with a person by their handle. */
  | { type: 'in'; slug: string }
  | { type: 'in'; handle: string }
  | { type: 'has'; what: 'file' | 'link' }
  | { type: 'is'; what: 'thread' }
  /** Of a day, `2026-01-31`: it is not part of what is asked for. */
  | { type: 'before' | 'after'; day: string }
)

const part =
  /(?<not>-)?(?:(?<operator>from|in|has|is|before|after):(?:"(?<quotedValue>[^"]*)"|(?<value>[^\s"]+))|"(?<phrase>[^"]*)(?:"|$)|(?<words>\S+))/giu

/** The parts of a search, in order. Every text has a meaning: it never throws. */
export function parseSearch(text: string): SearchPart[] {
  return Array.from(text.matchAll(part)).flatMap((match): SearchPart[] => {
    const { operator, quotedValue, value, phrase, words } = match.groups ?? {}
    const start = match.index
    const place = { start, end: start + match[0].length, not: match.groups?.['not'] === '-' }
    if (operator !== undefined) {
      const meant = meaningOf(operator.toLowerCase(), (quotedValue ?? value ?? '').trim())
      if (meant) return [{ ...place, ...meant }]
      return [{ ...place, type: 'words', text: `${operator}:${quotedValue ?? value ?? ''}` }]
    }
    if (phrase !== undefined)
      return phrase.trim() === '' ? [] : [{ ...place, type: 'phrase', text: phrase }]
    return words === undefined ? [] : [{ ...place, type: 'words', text: words }]
  })
}

type Meaning = SearchPart extends infer Part
  ? Part extends unknown
    ? Omit<Part, 'start' | 'end' | 'not'>
    : never
  : never

function meaningOf(operator: string, value: string): Meaning | null {
  const handle = /^@?([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)$/i.exec(value)?.[1]?.toLowerCase()
  switch (operator) {
    case 'from':
      return handle === undefined ? null : { type: 'from', handle }
    case 'in': {
      if (value.startsWith('@')) return handle === undefined ? null : { type: 'in', handle }
      const slug = value.replace(/^#/, '').toLowerCase()
      return slug === '' ? null : { type: 'in', slug }
    }
    case 'has':
      return oneOf(value, { file: 'file', files: 'file', link: 'link', links: 'link' }, 'has')
    case 'is':
      return oneOf(value, { thread: 'thread', threads: 'thread' }, 'is')
    case 'before':
    case 'after':
      return isDay(value) ? { type: operator, day: value } : null
    default:
      return null
  }
}

function oneOf(value: string, known: Record<string, string>, type: 'has' | 'is'): Meaning | null {
  const what = Object.hasOwn(known, value.toLowerCase()) ? known[value.toLowerCase()] : undefined
  // The tables above hold what their types allow, and nothing else.
  return what === undefined ? null : ({ type, what } as Meaning)
}

/** A day that is in the calendar. */
function isDay(value: string): boolean {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? []
  if (year === '' || Number(year) < 1) return false
  const date = new Date(`${value}T00:00:00Z`)
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day)
}
