import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { parseSearch } from './search-query.ts'

/** The parts without their places, as long as nobody asks for those. */
const partsOf = (text: string) =>
  parseSearch(text).map(({ start: _start, end: _end, not, ...part }) =>
    not ? { ...part, not } : part,
  )

describe('a search', () => {
  test('is words, phrases in quotes, and what must not be there', () => {
    expect(partsOf('late train -bus "on the platform" -"no seat"')).toEqual([
      { type: 'words', text: 'late' },
      { type: 'words', text: 'train' },
      { type: 'words', text: 'bus', not: true },
      { type: 'phrase', text: 'on the platform' },
      { type: 'phrase', text: 'no seat', not: true },
    ])
  })

  test('has operators for people, rooms, what a chat has, threads and days', () => {
    expect(
      partsOf('from:@Ada from:grace in:#general in:@bob has:file has:LINKS is:thread'),
    ).toEqual([
      { type: 'from', handle: 'ada' },
      { type: 'from', handle: 'grace' },
      { type: 'in', slug: 'general' },
      { type: 'in', handle: 'bob' },
      { type: 'has', what: 'file' },
      { type: 'has', what: 'link' },
      { type: 'is', what: 'thread' },
    ])
    expect(partsOf('before:2026-01-31 after:2024-02-29 -from:@bot -in:#café')).toEqual([
      { type: 'before', day: '2026-01-31' },
      { type: 'after', day: '2024-02-29' },
      { type: 'from', handle: 'bot', not: true },
      { type: 'in', slug: 'café', not: true },
    ])
  })

  test('takes an operator that means nothing for words', () => {
    expect(partsOf('has:wings')).toEqual([{ type: 'words', text: 'has:wings' }])
    expect(partsOf('before:2026-02-30')).toEqual([{ type: 'words', text: 'before:2026-02-30' }])
    expect(partsOf('after:tomorrow')).toEqual([{ type: 'words', text: 'after:tomorrow' }])
    expect(partsOf('from:@')).toEqual([{ type: 'words', text: 'from:@' }])
    expect(partsOf('https://example.com')).toEqual([{ type: 'words', text: 'https://example.com' }])
    expect(partsOf('has:constructor is:__proto__')).toEqual([
      { type: 'words', text: 'has:constructor' },
      { type: 'words', text: 'is:__proto__' },
    ])
  })

  test('may be cut off anywhere: a quote need not end', () => {
    expect(partsOf('"on the pl')).toEqual([{ type: 'phrase', text: 'on the pl' }])
    expect(partsOf('say "')).toEqual([{ type: 'words', text: 'say' }])
    expect(partsOf('in:')).toEqual([{ type: 'words', text: 'in:' }])
    expect(partsOf('-')).toEqual([{ type: 'words', text: '-' }])
    expect(partsOf('')).toEqual([])
  })

  test('tells where each part stands', () => {
    const text = 'late  from:@ada -"no seat"'
    expect(parseSearch(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'late',
      'from:@ada',
      '-"no seat"',
    ])
  })

  const piece = fc.oneof(
    fc.constantFrom(
      'from:',
      'in:',
      'has:',
      'is:',
      'before:',
      '@',
      '#',
      '"',
      '-',
      ' ',
      'ada',
      '2026-01-01',
    ),
    fc.string({ unit: 'binary' }),
  )
  test('never throws, and its parts stand in order and cover all but spaces and empty quotes', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        let end = 0
        for (const part of parseSearch(text)) {
          expect(part.start).toBeGreaterThanOrEqual(end)
          expect(part.end).toBeGreaterThan(part.start)
          expect(text.slice(end, part.start)).toMatch(/^[\s"-]*$/)
          end = part.end
        }
        expect(text.slice(end)).toMatch(/^[\s"-]*$/)
      }),
    )
  })
})
