import { slipsAllowed } from './edit-distance.ts'
import { wordsIn, type Word } from './words.ts'

/** One word of a search. */
export interface WordTerm {
  type: 'word'
  word: string
  /** It may stand for longer words too: their beginning, or a part of them. */
  isPart: boolean
  not: boolean
}

/** Words in this order; `away` is how far each stands behind the one before. */
export interface PhraseTerm {
  type: 'phrase'
  words: { word: string; away: number; isPrefix: boolean }[]
  not: boolean
}

export type Term = WordTerm | PhraseTerm

/** Nobody searches for more; a query of thousands would keep the database busy. */
const mostTerms = 16
const mostWords = 64

/** What one part of a search looks for; null when there is nothing in it that is indexed. */
export function termOf(
  text: string,
  { not, isExact }: { not: boolean; isExact: boolean },
): Term | null {
  const words = wordsIn(text).slice(0, mostWords)
  const asked = words.filter((word, at) => !isTail(word, words[at - 1]))
  const [first] = asked
  if (!first) return null
  if (asked.length === 1 && first.kind === 'word')
    return { type: 'word', word: first.word, isPart: !isExact, not }
  return {
    type: 'phrase',
    words: asked.map((word, at) => ({
      word: word.word,
      away: at === 0 ? 1 : word.place - (asked[at - 1]?.place ?? 0),
      // One sign alone begins the pairs it is the first of; a word may be longer than it is typed yet.
      isPrefix:
        word.kind === 'single' || (!isExact && word.kind === 'word' && at === asked.length - 1),
    })),
    not,
  }
}

/** The index has the last sign of a run by itself; in a search the pair before says the same. */
const isTail = (word: Word, before: Word | undefined): boolean =>
  word.kind === 'single' && before?.kind === 'pair' && before.to === word.to

export const bounded = (terms: Term[]): Term[] => terms.slice(0, mostTerms)

/** Shorter ones stand inside of everything. */
const leastInside = 3

/** Whether it is looked for inside of words too. */
export const mayBeInside = (term: Term): term is WordTerm =>
  term.type === 'word' && term.isPart && !term.not && term.word.length >= leastInside

/** Whether a slip of the finger may be behind it. */
export const mayBeSlip = (term: Term): term is WordTerm =>
  term.type === 'word' && term.isPart && !term.not && slipsAllowed(term.word) > 0
