import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { limits } from '../protocol/limits.ts'
import { cleanName, dispositionOf } from './file-name.ts'

test.each([
  ['C:\\Users\\ada\\photo.jpg', 'photo.jpg'],
  ['  two   words .txt ', 'two words .txt'],
  ['', 'file'],
  ['...', 'file'],
  ['/', 'file'],
  ['.env', '.env'],
  ['\u2066evil\u2069.txt', 'evil.txt'],
  ['👩‍👩‍👧.png', '👩‍👩‍👧.png'],
  ['e\u0301.txt', '\u00E9.txt'],
])('%j becomes %j', (given, name) => {
  expect(cleanName(given)).toBe(name)
})

test('security 52: any name becomes one line that fits, and names no folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (given) => {
      const name = cleanName(given)
      expect(name).not.toMatch(/[/\\\p{Cc}]/u)
      expect(name.isWellFormed()).toBe(true)
      expect(Array.from(name).length).toBeWithin(1, limits.fileNameChars + 1)
      expect(cleanName(name)).toBe(name)
    }),
    { seed: 52 },
  )
})

test('security 52: no name leaves its header, and every name comes back out of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
      const header = dispositionOf('attachment', given)
      const [, coded] =
        /^attachment; filename="[\x20\x21\x23-\x5B\x5D-\x7E]*"; filename\*=UTF-8''([\w.!~%-]*)$/.exec(
          header,
        ) ?? []
      expect(decodeURIComponent(coded ?? 'none')).toBe(given.toWellFormed())
    }),
    { seed: 52 },
  )
})
