import { expect, test } from 'bun:test'
import type { z } from 'zod'
import { limits } from './limits.ts'
import {
  cidSchema,
  handleSchema,
  idSchema,
  isStorable,
  lineSchema,
  lookalikeKey,
  messageSchema,
  slugOf,
} from './text.ts'

const line = lineSchema(limits.nameChars)
const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success

test.each([
  ['ada', 'ada'],
  [' Ada ', 'ada'],
  ['a.b-c_d', 'a.b-c_d'],
  ['7', '7'],
  ['a'.repeat(limits.handleChars), 'a'.repeat(limits.handleChars)],
])('the handle %p is kept as %p', (given, kept) => {
  expect(handleSchema.parse(given)).toBe(kept)
})

test.each([
  '',
  '.ada',
  'ada-',
  'a b',
  'ädа',
  'аda',
  'ada\u200B',
  'a'.repeat(limits.handleChars + 1),
  'everyone',
  ' HERE ',
])('security 45: %p is no handle', (handle) => {
  expect(accepts(handleSchema, handle)).toBe(false)
})

const unseen: [string, string][] = [
  ['a right-to-left override', '\u202E'],
  ['a left-to-right mark', '\u200E'],
  ['a bidi isolate', '\u2066'],
  ['an Arabic letter mark', '\u061C'],
  ['a zero-width space', '\u200B'],
  ['a zero-width joiner', '\u200D'],
  ['a word joiner', '\u2060'],
  ['a byte order mark', '\uFEFF'],
  ['a soft hyphen', '\u00AD'],
  ['a variation selector', '\uFE0F'],
  ['a tag character', '\u{E0061}'],
  ['a Hangul filler', '\u3164'],
  ['a line separator', '\u2028'],
  ['a paragraph separator', '\u2029'],
  ['a new line', '\n'],
  ['a carriage return', '\r'],
  ['a tab', '\t'],
  ['NUL', '\0'],
  ['an escape', '\u001B'],
  ['a C1 control', '\u0085'],
  ['a lone surrogate', '\uD800'],
]

test.each(unseen)('security 45: a name with %s is refused', (_what, character) => {
  expect(accepts(line, `Ad${character}a`)).toBe(false)
})

test('a name is kept in one form: composed, trimmed, single spaces', () => {
  expect(line.parse('  Zoe\u0308 \u00A0  Smith ')).toBe('Zoë Smith')
})

test.each(['Łukasz', '李小龍', 'مرحبا', 'Ada 🎉', 'O’Brien-Smith'])('%p is a name', (name) => {
  expect(line.parse(name)).toBe(name)
})

test('a name of spaces or one character too long is refused, an empty topic is not', () => {
  expect(accepts(line, '  \u00A0 ')).toBe(false)
  expect(accepts(line, 'x'.repeat(limits.nameChars))).toBe(true)
  expect(accepts(line, 'x'.repeat(limits.nameChars + 1))).toBe(false)
  expect(lineSchema(10, 0).parse('  ')).toBe('')
})

test('security 39: a message keeps every character but NUL and lone surrogates', () => {
  const whole = '  👩‍👩‍👧 \n\t\u202Eevil '
  expect(messageSchema.parse(whole)).toBe(whole)
  for (const wrong of ['a\0b', 'a\uD800b', '\uDC00']) {
    expect(accepts(messageSchema, wrong)).toBe(false)
  }
  expect(isStorable('👩')).toBe(true)
})

test('security 34: a message has at most 8,000 characters', () => {
  expect(accepts(messageSchema, 'x'.repeat(8_000))).toBe(true)
  expect(accepts(messageSchema, 'x'.repeat(8_001))).toBe(false)
})

test('a cid is printable ASCII without spaces', () => {
  for (const cid of ['a', '~', 'x'.repeat(64)]) expect(accepts(cidSchema, cid)).toBe(true)
  for (const cid of ['', 'a b', 'ä', '\n', 'x'.repeat(65)])
    expect(accepts(cidSchema, cid)).toBe(false)
})

test('an id is lower-case, as the server writes it', () => {
  expect(idSchema.parse('0198A7C2-6F3E-7D10-9C4B-2F1E8A5D7B60')).toBe(
    '0198a7c2-6f3e-7d10-9c4b-2f1e8a5d7b60',
  )
  for (const id of ['', '7', "' or 1=1 --", '0198a7c26f3e7d109c4b2f1e8a5d7b60']) {
    expect(accepts(idSchema, id)).toBe(false)
  }
})

test.each([
  ['admin', 'аdmin'],
  ['admin', 'ADMIN'],
  ['admin', 'ádmin'],
  ['admin', 'ａｄｍｉｎ'],
  ['bill', 'bi1l'],
  ['bill', 'b|||'],
  ['book', 'b00k'],
  ['paypal', 'раураl'],
  ['a.b', 'a_b'],
  ['design team', 'Design   Team'],
  ['øresund', 'oresund'],
])('security 45: %p and %p look alike', (one, other) => {
  expect(lookalikeKey(other)).toBe(lookalikeKey(one))
})

test('names that read differently have different keys', () => {
  const names = ['ada', 'bob', 'grace', 'gr-ace', '李', '小', 'straße', 'strand', 'общая']
  expect(new Set(names.map(lookalikeKey)).size).toBe(names.length)
})

test.each([
  ['General', 'general'],
  ['  Design & Brand! ', 'design-brand'],
  ['Bücher', 'bücher'],
  ['设计 团队', '设计-团队'],
  ['Ｆｕｌｌ', 'full'],
  ['../../etc/passwd', 'etc-passwd'],
  ['🎉 party', 'party'],
])('the room %p lives at %p', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})
