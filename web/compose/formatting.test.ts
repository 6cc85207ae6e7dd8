import { expect, test } from 'bun:test'
import { formatted, linked, nextLine, type Format } from './formatting.ts'
import { changeBetween, isInCode, isInFence, replaced, type Writing } from './writing.ts'

/** `[` and `]` stand around what is selected; a `|` is the caret. */
function written(text: string): Writing {
  const caret = text.indexOf('|')
  if (caret !== -1) return { text: text.replace('|', ''), start: caret, end: caret }
  const start = text.indexOf('⟦')
  const end = text.indexOf('⟧') - 1
  return { text: text.replace(/[⟦⟧]/g, ''), start, end }
}
function shown({ text, start, end }: Writing): string {
  if (start === end) return `${text.slice(0, start)}|${text.slice(start)}`
  return `${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`
}
const after = (text: string, format: Format): string => shown(formatted(written(text), format))

test('a mark goes around the selection, and away again', () => {
  expect(after('a ⟦bold⟧ c', 'bold')).toBe('a **⟦bold⟧** c')
  expect(after('a **⟦bold⟧** c', 'bold')).toBe('a ⟦bold⟧ c')
  expect(after('a ⟦**bold**⟧ c', 'bold')).toBe('a ⟦bold⟧ c')
  expect(after('⟦x⟧', 'strike')).toBe('~~⟦x⟧~~')
  expect(after('⟦x⟧', 'italic')).toBe('_⟦x⟧_')
  expect(after('⟦$& x⟧', 'code')).toBe('`⟦$& x⟧`')
})

test('with nothing selected the caret stands between the marks, and a second press takes them away', () => {
  expect(after('so |', 'bold')).toBe('so **|**')
  expect(after('so **|**', 'bold')).toBe('so |')
})

test('blanks at the edges of a selection stay outside', () => {
  expect(after('a⟦ bold ⟧c', 'bold')).toBe('a **⟦bold⟧** c')
})

test('each line of a selection gets marks of its own, and loses them together', () => {
  expect(after('⟦one\n\n two⟧', 'bold')).toBe('⟦**one**\n\n **two**⟧')
  expect(after('⟦**one**\n\n**two**⟧', 'bold')).toBe('⟦one\n\ntwo⟧')
  expect(after('⟦**one**\ntwo⟧', 'bold')).toBe('⟦**one**\n**two**⟧')
})

test('a code block stands on lines of its own, and goes away again', () => {
  expect(after('see ⟦let a⟧ there', 'code_block')).toBe('see \n```\n⟦let a⟧\n```\n there')
  expect(after('|', 'code_block')).toBe('```\n|\n```')
  expect(after('```ts\n⟦let a⟧\n```', 'code_block')).toBe('⟦let a⟧')
})

test('quotes and lists begin each line that is touched, and end alike', () => {
  expect(after('one\nt⟦wo\nthr⟧ee', 'quote')).toBe('one\n⟦> two\n> three⟧')
  expect(after('⟦> two\n> three⟧', 'quote')).toBe('⟦two\nthree⟧')
  expect(after('⟦one\ntwo⟧', 'numbers')).toBe('⟦1. one\n2. two⟧')
  expect(after('⟦one\n- two⟧', 'bullets')).toBe('⟦- one\n- two⟧')
  expect(after('wo|rd', 'bullets')).toBe('- word|')
})

test('an address pasted over words makes a link of them', () => {
  const over = (text: string, pasted: string) => {
    const link = linked(written(text), pasted)
    return link && shown(link)
  }
  expect(over('see ⟦the docs⟧', 'https://example.com/a')).toBe(
    'see [the docs](https://example.com/a)|',
  )
  expect(over('⟦a⟧', ' https://e.org/x_(y) ')).toBe('[a](https://e.org/x_%28y%29)|')
  expect(over('⟦a⟧', 'javascript:alert(1)')).toBe(null)
  expect(over('⟦a⟧', 'two words')).toBe(null)
  expect(over('⟦https://old.example⟧', 'https://example.com')).toBe(null)
  expect(over('⟦one\ntwo⟧', 'https://example.com')).toBe(null)
  expect(over('a|', 'https://example.com')).toBe(null)
})

test('a new line goes on with the list or the quote, and ends one that is empty', () => {
  const next = (text: string) => {
    const line = nextLine(written(text))
    return line && shown(line)
  }
  expect(next('- one|')).toBe('- one\n- |')
  expect(next('9. one|')).toBe('9. one\n10. |')
  expect(next('  * [x] done|')).toBe('  * [x] done\n  * [ ] |')
  expect(next('> so|')).toBe('> so\n> |')
  expect(next('- one\n- |')).toBe('- one\n|')
  expect(next('plain|')).toBe(null)
  expect(next('⟦- one⟧')).toBe(null)
})

test('a fence counts only at the start of a line', () => {
  expect(isInFence('a ``` b', 7)).toBe(false)
  expect(isInFence('```\n', 4)).toBe(true)
  expect(isInFence('```\na\n```\n', 10)).toBe(false)
})

test('a fence is closed by its own kind alone, and code within one line opens none', () => {
  expect(isInFence('```a```', 7)).toBe(false)
  expect(isInFence('````\n```\n', 9)).toBe(true)
  expect(isInFence('~~~\n```\n', 8)).toBe(true)
  expect(isInFence('```\n```ts\n', 10)).toBe(true)
  expect(isInFence('```\na\n````\n', 11)).toBe(false)
})

test('code within a line counts from its first sign to its second', () => {
  expect(isInCode('a `b', 4)).toBe(true)
  expect(isInCode('a `b` c', 7)).toBe(false)
  expect(isInCode('`a\nb', 4)).toBe(false)
})

test('the change between two texts is as small as it can be', () => {
  const cases = [
    ['abc', 'abXc'],
    ['aa', 'aaa'],
    ['aaa', 'aa'],
    ['abc', 'abc'],
    ['', 'x'],
    ['one two', 'two'],
  ] as const
  for (const [before, next] of cases)
    expect(replaced(before, changeBetween(before, next)).text).toBe(next)
  expect(changeBetween('abc', 'abXc')).toEqual({ start: 2, end: 2, text: 'X' })
})
