import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { snippetOf } from './snippet.ts'

const shown = (message: string, ...hits: [number, number][]) =>
  snippetOf(message, hits)
    .map(({ text, isHit }) => (isHit ? `[${text}]` : text))
    .join('')
const hit = (message: string, word: string): [number, number] => {
  const from = message.indexOf(word)
  return [from, from + word.length]
}

test('hits stand apart from the words around them', () => {
  const message = 'the ball and the balloon'
  expect(shown(message, [4, 8], [17, 21])).toBe('the [ball] and the [ball]oon')
  expect(shown(message)).toBe(message)
  expect(shown('one\n\n  two', [7, 10])).toBe('one [two]')
})

test('the marks of markup are left out, and hits inside of them stay', () => {
  const message = 'the **second** draft of `code`, see [the docs](https://example.com/docs)'
  expect(shown(message, hit(message, 'second'), hit(message, 'docs'))).toBe(
    'the [second] draft of code, see the [docs]',
  )
  expect(shown('```ts\nconst a = 1\n```')).toBe('const a = 1 ')
  expect(shown('> quoted\n# big')).toBe('quoted big')
})

test('a long message is cut around its first hit', () => {
  const message = `${'before '.repeat(100)}needle ${'after '.repeat(200)}`
  const text = shown(message, hit(message, 'needle'))
  expect(text).toMatch(/^… (before )+\[needle\] (after )+/)
  expect(text).toEndWith(' …')
  expect(text.length).toBeLessThan(450)
})

test('whatever the message, its hits are shown in order', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.nat(300),
      fc.nat(20),
      (message, from, length) => {
        const start = Math.min(from, message.length)
        const pieces = snippetOf(message, [[start, Math.min(start + length, message.length)]])
        expect(pieces.every(({ text }) => text !== '')).toBe(true)
      },
    ),
  )
})
