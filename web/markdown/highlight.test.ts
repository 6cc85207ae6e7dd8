import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { firstLines } from './code-pieces.ts'
import { highlight } from './highlight.ts'
import { languages } from './highlight-languages.ts'

const textOf = (pieces: readonly { text: string }[] | null): string =>
  (pieces ?? []).map(({ text }) => text).join('')

test('code gets its looks, and what is put into a string is code again', async () => {
  const pieces = await highlight('ts', 'const greeting = `hi ${name(1)}` // said')
  const look = (word: string) => pieces?.find(({ text }) => text.includes(word))?.look
  expect(['const', '`hi ', 'name', '1', '// said'].map(look)).toEqual([
    'keyword',
    'string',
    null,
    'number',
    'comment',
  ])
})

test('every language loads by each of its words, in any case', async () => {
  for (const word of languages.keys()) {
    expect([word, textOf(await highlight(word.toUpperCase(), 'a = 1 + "b" # c'))]).toEqual([
      word,
      'a = 1 + "b" # c',
    ])
  }
})

test('a language that nobody knows, or one of the names of objects, colours nothing', async () => {
  for (const word of ['klingon', '', 'constructor', '__proto__'])
    expect(await highlight(word, 'x')).toBeNull()
})

test('security 41: whatever the code, its pieces are the code and nothing else', async () => {
  const words = fc.constantFrom('<', '</script>', '"', "'", '`', '${', '}', '/*', '//', '\\', '\n')
  const codes = fc.array(fc.oneof(words, fc.string()), { maxLength: 30 }).map((all) => all.join(''))
  for (const language of ['html', 'ts', 'bash', 'markdown', 'diff', 'yaml', 'php']) {
    await fc.assert(
      fc.asyncProperty(codes, async (code) => textOf(await highlight(language, code)) === code),
      { numRuns: 60, seed: 41 },
    )
  }
})

test('folding keeps whole lines and their looks', () => {
  const pieces = [
    { text: 'a\nb', look: null },
    { text: 'c\nd\n', look: 'string' as const },
    { text: 'e', look: null },
  ]
  expect(textOf(firstLines(pieces, 1))).toBe('a')
  expect(textOf(firstLines(pieces, 2))).toBe('a\nbc')
  expect(firstLines(pieces, 3)).toEqual([
    { text: 'a\nb', look: null },
    { text: 'c\nd', look: 'string' },
  ])
  expect(textOf(firstLines(pieces, 9))).toBe(textOf(pieces))
})
