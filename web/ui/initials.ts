const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** A name stands on many rows, and the segmenter is slow. */
const known = new Map<string, string>()
const mostKnown = 2_000

/** The letters on an avatar: of the first and last word, or one where a name is one word. */
export function initials(name: string): string {
  const held = known.get(name)
  if (held !== undefined) return held
  if (known.size >= mostKnown) known.clear()
  const found = initialsOf(name)
  known.set(name, found)
  return found
}

function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word))
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return [first, last].map(firstLetter).join('').toLocaleUpperCase() || '?'
}

/** A letter as people see it, with its accents; signs before it are passed over. */
function firstLetter(word: string | undefined): string {
  if (word === undefined) return ''
  const found = Array.from(letters.segment(word), ({ segment }) => segment)
  return found.find((one) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(one)) ?? ''
}
