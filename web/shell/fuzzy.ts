/** Case, accents and width folded, so that "uber" finds "Über". */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const isWordStart = (text: string, at: number): boolean =>
  at === 0 || /[\s\-_.@#/]/.test(text.charAt(at - 1))

/**
 * How well `query` fits `text`, both folded: null when its letters don't appear in order. Higher
 * is better. Whole text, its beginning, the beginning of a word, then runs of letters; of equal
 * fits the shorter text wins.
 */
export function fuzzyScore(query: string, text: string): number | null {
  if (query === '') return 0
  if (text === query) return 1_000
  const at = text.indexOf(query)
  if (at !== -1) return (at === 0 ? 800 : isWordStart(text, at) ? 600 : 400) - text.length
  return spreadScore(query.replaceAll(' ', ''), text)
}

/**
 * The best way to find the letters of `query` one after the other: `scores[place]` is that of the
 * letters so far with the last of them at `place`.
 */
function spreadScore(query: string, text: string): number | null {
  let scores: number[] = []
  for (const [index, letter] of Array.from(query).entries()) {
    let bestBefore = index === 0 ? 0 : -Infinity
    const before = scores
    scores = Array.from(text, (found, place) => {
      const run = (before[place - 1] ?? -Infinity) + 12
      const start = bestBefore + (isWordStart(text, place) ? 10 : 1)
      bestBefore = Math.max(bestBefore, before[place] ?? -Infinity)
      return found === letter ? Math.max(run, start) : -Infinity
    })
  }
  const best = Math.max(...scores)
  return best === -Infinity ? null : best - text.length / 10
}
