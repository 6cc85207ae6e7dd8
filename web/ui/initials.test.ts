import { expect, test } from 'bun:test'
import { initials } from './initials.ts'

const cases: [name: string, letters: string][] = [
  ['Ada Lovelace', 'AL'],
  ['  ada   de  lovelace ', 'AL'],
  ['grace', 'G'],
  ['Éa Ößer', 'ÉÖ'],
  ['(Bob) Smith', 'BS'],
  ['李小龙', '李'],
  ['नमिता रॉय', 'नरॉ'],
  ['👩‍🚀 Sally', '👩‍🚀S'],
  ['Ada –', 'A'],
  ['!!!', '?'],
  ['', '?'],
]

for (const [name, letters] of cases)
  test(`the avatar of "${name}" shows ${letters}`, () => {
    expect(initials(name)).toBe(letters)
  })
