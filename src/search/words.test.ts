import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { editDistance } from './edit-distance.ts'
import { spellingOf } from './index-terms.ts'
import { wordsIn } from './words.ts'

const words = (text: string) => wordsIn(text).map(({ word }) => word)

describe('words', () => {
  test('are runs of letters and digits, without case, accents and width', () => {
    expect(words('Größe, naïve ŁÓDŹ! ｆｕｌｌ ﬁne İstanbul')).toEqual([
      'grosse',
      'naive',
      'lodz',
      'full',
      'fine',
      'istanbul',
    ])
    expect(words("don't snake_case v1.5")).toEqual(['don', 't', 'snake', 'case', 'v1', '5'])
  })

  test('are the same however a character is put together', () => {
    for (const text of ['Übung', '한국어', 'ガス', 'ёлка']) {
      expect(words(text.normalize('NFD'))).toEqual(words(text.normalize('NFC')))
    }
    expect(words('ｶﾞｽ')).toEqual(words('ガス'))
  })

  test('of Arabic and Hebrew have no points; of Hindi the marks are letters', () => {
    expect(words('مَرْحَبًا')).toEqual(words('مرحبا'))
    expect(words('مـــرحبا')).toEqual(words('مرحبا'))
    expect(words('שָׁלוֹם')).toEqual(words('שלום'))
    expect(words('कि')).not.toEqual(words('क'))
  })

  test('of scripts without spaces are pairs, and the last sign by itself', () => {
    expect(words('東京都に')).toEqual(['東京', '京都', '都に', 'に'])
    expect(words('東、京')).toEqual(['東', '京'])
    expect(words('Bunで動く')).toEqual(['bun', 'で動', '動く', 'く'])
  })

  test('are emoji too, whatever their skin', () => {
    expect(words('ok 👍🏽 🎉')).toEqual(['ok', '👍', '🎉'])
  })

  test('never leave the text, stand in order, and have no room for quotes or facts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        let place = 0
        for (const word of wordsIn(text)) {
          expect(word.from).toBeGreaterThanOrEqual(0)
          expect(word.to).toBeGreaterThan(word.from)
          expect(word.to).toBeLessThanOrEqual(text.length)
          expect(word.place).toBe((place += 1))
          expect(word.word).not.toMatch(/^[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]|['\\]/u)
          expect(new TextEncoder().encode(word.word).length).toBeLessThan(2_047)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('are never longer than Postgres takes, whatever is heaped on a letter', () => {
    const heaps = ['a', 'क', '東', '👍'].map((letter) => letter + '\u093E'.repeat(8_000))
    for (const text of [
      ...heaps,
      `👍${'\u0301'.repeat(8_000)}`,
      'ﷺ'.repeat(8_000),
      'a'.repeat(8_000),
      'क\u093E'.repeat(4_000),
    ]) {
      for (const { word } of wordsIn(text))
        expect(new TextEncoder().encode(word).length).toBeLessThan(2_047)
    }
  })

  test('a part of a word has a part of its spelling, in letters that every locale knows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(spellingOf(a + b)).toBe(spellingOf(a) + spellingOf(b))
        expect(spellingOf(a)).toMatch(/^\p{ASCII}*$/u)
      }),
    )
  })
})

test('a distance counts letters changed, added, left out and swapped', () => {
  expect(editDistance('meeting', 'meeting', 2)).toBe(0)
  expect(editDistance('meetnig', 'meeting', 2)).toBe(1)
  expect(editDistance('meting', 'meeting', 2)).toBe(1)
  expect(editDistance('meeating', 'meeting', 2)).toBe(1)
  expect(editDistance('meating', 'meeting', 2)).toBe(1)
  expect(editDistance('mating', 'meeting', 2)).toBe(2)
  expect(editDistance('house', 'meeting', 2)).toBe(3)
  expect(editDistance('привет', 'превет', 1)).toBe(1)
})
