import type { PhraseTerm, Term } from './terms.ts'
import type { Vocabulary } from './vocabulary.ts'
import { wordsIn, type Word } from './words.ts'

export type Range = [from: number, to: number]

const most = 100

/** Where a message has what was searched for, in order, not overlapping, in UTF-16 units. */
export function highlightsOf(
  message: string,
  terms: readonly Term[],
  similar: Vocabulary | undefined,
): Range[] {
  const words = wordsIn(message)
  const found = terms
    .filter((term) => !term.not)
    .flatMap((term): Range[] => {
      if (term.type === 'phrase') return phraseRanges(words, term)
      const slips = new Set(similar?.get(term.word)?.words ?? [])
      return words.flatMap((word) => {
        if (!term.isPart) return word.word === term.word ? [[word.from, word.to]] : []
        const range = partOf(word, term.word)
        if (range) return [range]
        return slips.has(word.word) ? [[word.from, word.to]] : []
      })
    })
  return joined(found).slice(0, most)
}

/** The letters that were typed; the whole word where folding has moved them. */
function partOf({ word, from, to, kind }: Word, typed: string): Range | null {
  const at = word.indexOf(typed)
  // As the index finds it: a short word is the beginning of others, never their middle.
  if (at === -1 || kind !== 'word' || (at > 0 && typed.length < 3)) return null
  return to - from === word.length ? [from + at, from + at + typed.length] : [from, to]
}

function phraseRanges(words: readonly Word[], { words: wanted }: PhraseTerm): Range[] {
  const fits = (word: Word | undefined, at: number): boolean => {
    const one = wanted[at]
    if (!word || !one) return false
    return one.isPrefix ? word.word.startsWith(one.word) : word.word === one.word
  }
  return words.flatMap((first, start): Range[] => {
    let at = start
    for (const [index, { away }] of wanted.entries()) {
      if (index > 0) at += away
      if (!fits(words[at], index)) return []
    }
    const last = words[at]
    const typed = wanted.at(-1)
    if (!last || !typed) return []
    // Of a pair found by its first sign only that one was asked for.
    const isShort = typed.isPrefix && last.to - last.from === last.word.length
    return [[first.from, isShort ? last.from + typed.word.length : last.to]]
  })
}

function joined(ranges: Range[]): Range[] {
  const inOrder = ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const result: Range[] = []
  for (const [from, to] of inOrder) {
    const last = result.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}
