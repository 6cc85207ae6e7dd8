const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The letters on an avatar: of the first and last word, or one where a name is one word. */
export function initials(name: string): string {
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
