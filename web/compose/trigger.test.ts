import { expect, test } from 'bun:test'
import { codeBefore, triggerAt } from './trigger.ts'

const at = (text: string) => {
  const found = triggerAt(text, text.length)
  return found && `${found.type} ${found.query}`
}

test('an @ begins a person, also alone', () => {
  expect(at('@')).toBe('person ')
  expect(at('hi @ad')).toBe('person ad')
  expect(at('(@Ärn')).toBe('person Ärn')
  expect(triggerAt('hi @ad there', 6)).toEqual({ type: 'person', query: 'ad', start: 3, end: 6 })
})

test('an address is no mention, and a blank ends one', () => {
  expect(at('ada@example')).toBe(null)
  expect(at('https://x.org/@ada')).toBe(null)
  expect(at('@ada ')).toBe(null)
  expect(at('@@')).toBe(null)
})

test('a # begins a room, but no heading and no anchor', () => {
  expect(at('see #gen')).toBe('room gen')
  expect(at('#')).toBe('room ')
  expect(at('# ')).toBe(null)
  expect(at('##')).toBe(null)
  expect(at('page#part')).toBe(null)
})

test('an emoji begins with two characters, and never in a smiley or a time', () => {
  expect(at(':ta')).toBe('emoji ta')
  expect(at('so :heart_e')).toBe('emoji heart_e')
  expect(at(':+1')).toBe('emoji +1')
  expect(at(':he')).toBe('emoji he')
  for (const text of [':', ':t', ':)', ':-)', '10:30', 'at 10:3', ':D', 'note:so', '::so', 'a:so'])
    expect([text, at(text)]).toEqual([text, null])
  expect(at('https:ta')).toBe(null)
})

test('nothing begins inside code', () => {
  expect(at('`@ada')).toBe(null)
  expect(at('```\n:tada')).toBe(null)
  expect(at('`a` @ada')).toBe('person ada')
})

test('a whole shortcode is known by its second colon', () => {
  expect(codeBefore('so :tada:', 9)).toEqual({ code: 'tada', start: 3, end: 9 })
  expect(codeBefore('10:30:', 6)).toBe(null)
  expect(codeBefore('`:tada:', 7)).toBe(null)
})
