import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { closeCodes, mayReconnect } from './close-codes.ts'

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')

/** The rows of the table under "Going": code → whether to come back. */
const table = new Map(
  Array.from(readme.matchAll(/^\| ([\d, ]+) \|.*\| (yes|no)\b.*\|$/gm)).flatMap(
    ([, codes = '', answer]) =>
      codes.split(', ').map((code): [number, boolean] => [Number(code), answer === 'yes']),
  ),
)

test('the specification’s table of close codes is the one that clients follow', () => {
  const coded = Object.values(closeCodes).map(({ code, reconnect }): [number, boolean] => [
    code,
    reconnect,
  ])
  expect(table).toEqual(new Map(coded))
})

test('every code is there once', () => {
  const codes = Object.values(closeCodes).map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
})

test('a client comes back unless the table says no; codes that it does not name are the network', () => {
  for (const { code, reconnect } of Object.values(closeCodes)) {
    expect(mayReconnect(code)).toBe(reconnect)
  }
  for (const code of [1000, 1001, 1005, 1006, 1011, 4999]) expect(mayReconnect(code)).toBe(true)
})

test('a reason fits into a close frame', () => {
  for (const { reason } of Object.values(closeCodes)) {
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123)
  }
})
