import { expect, test } from 'bun:test'
import { readFlags } from './flags.ts'

const flags = {
  room: { value: 'SLUG', about: 'the room' },
  count: { value: 'N', about: 'how many', default: '3' },
}
const read = (...argv: string[]) => readFlags('usage', flags, argv)

test('flags are read by name, with their defaults, and the rest stands beside them', () => {
  const { text, count, rest } = read('--room', 'general', 'hello', 'there')
  expect([text('room'), count('count'), rest]).toEqual(['general', 3, ['hello', 'there']])
})

test('a flag that is missing, unknown or no number is named in one line', () => {
  expect(() => read().text('room')).toThrow('--room SLUG is missing')
  expect(() => read('--what', '3')).toThrow(/^Unknown option '--what'$/)
  expect(() => read('--count', '-1')).toThrow("'--count'")
  expect(() => read('--count', 'ten').count('count')).toThrow('--count must be a whole number')
})
