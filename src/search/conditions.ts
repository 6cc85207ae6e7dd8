import type { SearchPart } from '../protocol/search-query.ts'
import { facts, quoted } from './index-terms.ts'
import type { Condition } from './plan.ts'
import type { Scope } from './scope.ts'
import type { PhraseTerm, Term, WordTerm } from './terms.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What the index knows of the words of one search. */
export interface Knowledge {
  /** All rows. */
  total: number
  counts: ReadonlyMap<string, number>
  beginning: Vocabulary
  /** Not asked for before they are needed. */
  holding?: Vocabulary
  similar?: Vocabulary
}

/**
 * What a word stands for, round by round: itself and what begins with it; what has it inside; what it
 * may be a slip of. Each round takes in the ones before.
 */
export type Round = 0 | 1 | 2

/** More rooms than this, and asking the index for each costs more than it saves. */
const mostRooms = 50

/** One term of a search as a condition. */
export function conditionOf(term: Term, knowledge: Knowledge, round: Round): Condition {
  if (term.type === 'phrase') return phraseCondition(term, knowledge)
  return wordCondition(term, knowledge, round)
}

function wordCondition({ word, isPart }: WordTerm, knowledge: Knowledge, round: Round): Condition {
  const { counts, beginning, holding, similar } = knowledge
  if (!isPart) return conditionOn([word], counts)
  const begun = beginning.get(word) ?? { words: [], count: 0 }
  const more = [
    ...(round >= 1 ? [holding?.get(word)] : []),
    ...(round >= 2 ? [similar?.get(word)] : []),
  ].flatMap((found) => found ?? [])
  const others = more.flatMap(({ words }) => words ?? []).map(quoted)
  const prefix = `${quoted(word)}:*`
  return {
    query: [prefix, ...others].join(' | '),
    index: [...(begun.words?.map(quoted) ?? [prefix]), ...others],
    count: more.reduce((sum, { count }) => sum + count, begun.count),
    operands: 1 + others.length,
  }
}

function phraseCondition({ words }: PhraseTerm, { counts, total }: Knowledge): Condition {
  const query = words
    .map(({ word, away, isPrefix }, at) => {
      const one = `${quoted(word)}${isPrefix ? ':*' : ''}`
      return at === 0 ? one : `<${away}> ${one}`
    })
    .join(' ')
  const count = Math.min(
    ...words.map((one) => (one.isPrefix ? total : (counts.get(one.word) ?? 0))),
  )
  return { query, index: [query], count, operands: words.length }
}

const conditionOn = (words: string[], counts: Knowledge['counts']): Condition => {
  const index = words.map(quoted)
  const count = words.reduce((sum, word) => sum + (counts.get(word) ?? 0), 0)
  return { query: index.join(' | '), index, count, operands: words.length }
}

/** The words whose count a search needs, beside those that it looks up. */
export const wordsToCount = (terms: readonly Term[], scope: Scope): string[] => [
  ...terms.flatMap((term) =>
    term.type === 'word' ? [term.word] : term.words.map(({ word }) => word),
  ),
  ...(scope.from ?? []).map(facts.sender),
  ...(scope.only ?? scope.mine).slice(0, mostRooms).map(facts.room),
  facts.public,
  facts.file,
  facts.link,
  facts.thread,
]

/** What the operators ask of a row beside its words: what must be, and what must not. */
export function factConditions(
  parts: readonly SearchPart[],
  scope: Scope,
  { counts, total }: Knowledge,
): { must: Condition[]; mustNot: string[] } {
  const asked = parts.flatMap((part) =>
    part.type === 'has' || part.type === 'is'
      ? [{ not: part.not, fact: part.type === 'is' ? facts.thread : facts[part.what] }]
      : [],
  )
  const rooms = scope.only ?? scope.mine
  const where = conditionOn(
    [...(scope.only ? [] : [facts.public]), ...rooms.slice(0, mostRooms).map(facts.room)],
    counts,
  )
  // Where most rows may be read anyway, looking at each is cheaper.
  const isNarrow = rooms.length <= mostRooms && where.count < total / 2
  return {
    must: [
      ...asked.filter(({ not }) => !not).map(({ fact }) => conditionOn([fact], counts)),
      ...(scope.from ? [conditionOn(scope.from.map(facts.sender), counts)] : []),
      ...(isNarrow ? [where] : []),
    ],
    mustNot: [
      ...asked.filter(({ not }) => not).map(({ fact }) => quoted(fact)),
      ...scope.notFrom.map((id) => quoted(facts.sender(id))),
    ],
  }
}

/** All of them at once, as one `tsquery`; null for none. */
export function allOf(must: readonly Condition[], mustNot: readonly string[]): string | null {
  const all = [...must.map(({ query }) => `(${query})`), ...mustNot.map((query) => `!(${query})`)]
  return all.length === 0 ? null : all.join(' & ')
}
