import { describe, expect, test } from 'bun:test'
import { askedOf, chipsOf, completed, completionAt, withoutPart, withPart } from './search-text.ts'

const at = (text: string) => completionAt(text, text.length)

describe('completion', () => {
  test('begins behind from: and in:, with or without the sign, and a minus', () => {
    expect(at('from:')).toMatchObject({ type: 'from', typed: '', not: false })
    expect(at('late from:@ad')).toMatchObject({ type: 'from', typed: 'ad', start: 5, end: 13 })
    expect(at('late -in:#gen')).toMatchObject({ type: 'in', typed: 'gen', start: 5, not: true })
    expect(at('IN:gen')).toMatchObject({ type: 'in', typed: 'gen' })
  })

  test('is not where nothing is begun, nor inside of a word', () => {
    expect(at('from')).toBeNull()
    expect(at('from:@ada ')).toBeNull()
    expect(at('within:x')).toBeNull()
    expect(completionAt('from:@ada', 7)).toBeNull()
  })

  test('puts the name in, and goes on behind it', () => {
    const text = 'late -in:#gen train'
    const completion = completionAt(text, 13)
    expect(completion && completed(text, completion, '#general')).toEqual({
      text: 'late -in:#general train',
      caret: 18,
    })
  })
})

test('what is only begun is not asked for yet', () => {
  const asked = (text: string) => askedOf(text, at(text))
  expect(asked('late in:gen')).toBe('late')
  expect(asked('late from:')).toBe('late')
  expect(askedOf('late from:@ada', null)).toBe('late from:@ada')
  expect(asked('late before:2026-01')).toBe('late')
  expect(asked('late before:2026-01-31')).toBe('late before:2026-01-31')
  expect(asked('late -has:fi')).toBe('late')
  expect(asked('late has:wings ')).toBe('late has:wings')
  expect(asked('late tra')).toBe('late tra')
})

test('parts come and go with their spaces', () => {
  expect(withPart('late ', 'has:file ')).toEqual({ text: 'late has:file ', caret: 14 })
  expect(withPart('', 'from:')).toEqual({ text: 'from:', caret: 5 })
  const text = 'late has:file train'
  const [chip] = chipsOf(text)
  expect(chip).toMatchObject({ type: 'has', what: 'file' })
  expect(chip && withoutPart(text, chip)).toBe('late train')
  expect(withoutPart('has:file', { start: 0, end: 8 })).toBe('')
})
