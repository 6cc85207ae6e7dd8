import { expect, test } from 'bun:test'
import { fold, fuzzyScore } from './fuzzy.ts'

const score = (query: string, text: string) => fuzzyScore(fold(query), fold(text))
const ranked = (query: string, texts: string[]) =>
  texts
    .filter((text) => score(query, text) !== null)
    .sort((a, b) => (score(query, b) ?? 0) - (score(query, a) ?? 0))

test('letters that do not appear in order do not match', () => {
  expect(score('xyz', 'general')).toBeNull()
  expect(score('lg', 'gl')).toBeNull()
  expect(score('ll', 'l')).toBeNull()
})

test('the whole name comes first, then beginnings, then words, then middles, then spread letters', () => {
  expect(ranked('dev', ['redevelop', 'web-dev', 'd-e-v-elop', 'developers', 'dev'])).toEqual([
    'dev',
    'developers',
    'web-dev',
    'redevelop',
    'd-e-v-elop',
  ])
})

test('initials find words', () => {
  expect(ranked('pm', ['spam', 'project-management'])).toEqual(['project-management', 'spam'])
})

test('case and accents do not matter', () => {
  expect(score('uber', 'Über uns')).not.toBeNull()
  expect(score('ÉLAN', 'elan')).toBe(1_000)
})

test('of equal fits the shorter wins', () => {
  expect(ranked('des', ['design-systems', 'design'])).toEqual(['design', 'design-systems'])
})

test('an empty query fits everything alike', () => {
  expect(score('', 'anything')).toBe(0)
})
