import { expect, test } from 'bun:test'
import { emojiSchema } from '../../src/protocol/text.ts'
import { quickFrom, withRecent } from './habits.ts'
import { emojiOfCode, searchEmoji } from './search.ts'
import { loadEmoji, loadShortcodes } from './table.ts'
import { shapeOf, tones, withTone } from './tone.ts'

const english = await loadEmoji('en')
const german = await loadEmoji('de')
const arabic = await loadEmoji('ar')

const found = (table: typeof english, query: string): string[] =>
  searchEmoji(table, query, 60).map(({ emoji }) => emoji)

test('every emoji of the table, in every skin tone, is one that the server takes', () => {
  const refused = english.all.flatMap(({ emoji, hasTones }) =>
    (hasTones ? tones.map((tone) => withTone(emoji, tone)) : [emoji]).filter(
      (each) => !emojiSchema.safeParse(each).success,
    ),
  )
  expect(refused).toEqual([])
  expect(english.all.length).toBeGreaterThan(1_900)
})

test('every emoji has a name in every language, and nearly every one a shortcode of its own', () => {
  for (const table of [english, german, arabic]) {
    expect(table.all.filter(({ name }) => name === '')).toEqual([])
    expect(table.all.length).toBe(english.all.length)
  }
  const codes = english.all.flatMap((entry) => entry.codes)
  expect(new Set(codes).size).toBe(codes.length)
  expect(english.all.filter((entry) => entry.codes.length === 0).length).toBeLessThan(20)
})

test('no two emoji have the same shape', () => {
  expect(english.byShape.size).toBe(english.all.length)
})

test('a search finds by shortcode, by name and by other words, the closest first', () => {
  expect(found(english, 'tada')[0]).toBe('🎉')
  expect(found(english, ':+1:')[0]).toBe('👍')
  expect(found(english, 'party')).toContain('🎉')
  expect(found(english, 'red heart')[0]).toBe('❤️')
  expect(found(english, 'rocket')[0]).toBe('🚀')
  expect(found(english, 'zzzqqq')).toEqual([])
  expect(found(english, ' ')).toEqual([])
})

test('a search understands the reader’s language, and shortcodes beside it', () => {
  expect(found(german, 'konfetti')).toContain('🎉')
  expect(found(german, 'Herz')).toContain('❤️')
  expect(found(german, 'gluck')).toEqual(found(german, 'glück'))
  expect(found(german, 'tada')[0]).toBe('🎉')
  expect(found(arabic, 'قلب')).toContain('❤️')
})

test('a whole shortcode is one emoji', async () => {
  expect(emojiOfCode(english, 'thumbsup')?.emoji).toBe('👍')
  expect(emojiOfCode(english, 'thumbsu')).toBe(undefined)
  const codes = await loadShortcodes()
  expect(codes.get('tada')).toBe('🎉')
  expect(codes.get('heart')).toBe('❤️')
})

test('a skin tone takes the place of the selector, and leaves a handshake between two alone', () => {
  expect(withTone('👍', 3)).toBe('👍🏽')
  expect(withTone('✌️', 5)).toBe('✌🏿')
  expect(withTone('👍', 0)).toBe('👍')
  expect(withTone('🧑‍🤝‍🧑', 1)).toBe('🧑🏻‍🤝‍🧑🏻')
  expect(withTone('🤝', 1)).toBe('🤝🏻')
  expect(shapeOf(withTone('✌️', 5))).toBe(shapeOf('✌️'))
})

test('the last one used comes first, once, and the oldest goes', () => {
  expect(withRecent(['🎉', '👍'], '👍')).toEqual(['👍', '🎉'])
  const many = english.all.slice(0, 60).map(({ emoji }) => emoji)
  expect(many.reduce<string[]>(withRecent, []).length).toBe(36)
})

test('what is quick are recent ones, then the usual ones, no shape twice', () => {
  expect(quickFrom([], 0, 5)).toEqual(['👍', '❤️', '😂', '🎉', '👀'])
  expect(quickFrom([], 2, 1)).toEqual(['👍🏼'])
  expect(quickFrom(['🚀', '👍🏿'], 0, 4)).toEqual(['🚀', '👍🏿', '❤️', '😂'])
})
