import { expect, test } from 'bun:test'
import { passwordHint } from './password-hint.ts'

const hint = (password: string) => passwordHint(password, ['Ada Lovelace', 'ada@example.org'])

test('security 20: what is too short is told by how much, in characters as people see them', () => {
  expect(hint('')).toEqual({ type: 'empty' })
  expect(hint('abcde')).toEqual({ type: 'missing', count: 3 })
  expect(hint('🐘🐘')).toEqual({ type: 'missing', count: 6 })
})

test('a password of few letters, or with my own name in it, is called easy to guess', () => {
  expect(hint('aaaaaaaaaaaaaaaa')).toEqual({ type: 'repeats' })
  expect(hint('lovelace-1815')).toEqual({ type: 'is-you' })
})

test('length makes it good', () => {
  expect(hint('k3?vdowq')).toEqual({ type: 'fair' })
  expect(hint('correct horse battery')).toEqual({ type: 'good' })
})
