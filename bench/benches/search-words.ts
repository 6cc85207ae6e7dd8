/** Beginnings and vowels of made-up syllables: words that look like words, and share their parts. */
const starts = 'b br d f g k kl l m n p pr r s st t tr v z sch'.split(' ')
const vowels = 'a e i o u ei ou ya'.split(' ')
const ends = ['', 'n', 'rt', 's', 'm']

/** How many different words there are. */
export const vocabularySize = 100_000

/** The word of a rank: the shorter the more often it is said, as in any language. */
export function wordOf(rank: number): string {
  let word = ''
  for (let left = rank + 1; left > 0; left = Math.floor(left / starts.length)) {
    const start = starts[left % starts.length] ?? ''
    word += start + (vowels[(left * 7 + 3) % vowels.length] ?? '')
  }
  return word + (ends[rank % ends.length] ?? '')
}

/** A rank by Zipf's law: the word of rank r is said about 1/r times as often as the first. */
export const rankOf = (random: () => number): number => Math.floor(vocabularySize ** random()) - 1
