import { expect, test } from 'bun:test'
import type { Outcome, Result } from './fault.ts'
import { hasHeld } from './run-fault.ts'
import { mergeResults } from './soak.ts'
import { replaceMeasured } from '../readme.ts'
import { boundOf, checksOf, listOf, tableOf } from './table.ts'

const outcome: Outcome = {
  trials: 2,
  sends: 30,
  acks: 30,
  findings: { lost: 0, doubled: 0, holes: 0, reordered: 0, phantoms: 0 },
  recoveriesMs: [100, 200, 1_500],
  peakBytes: 80 * 2 ** 20,
  checks: [{ what: 'back, p99', figure: '1500 ms ≤ 3000 ms', ok: true }],
}
const fault = { name: 'kill', about: 'kill -9' }
const held: Result = { fault, seconds: 3, outcome }
const rowOf = (result: Result): string[] =>
  (tableOf([result]).split('\n')[2] ?? '').split('|').map((cell) => cell.trim())

test('a fault that held is ok, with its figures', () => {
  const cells = [
    'kill',
    '2',
    '30',
    '30',
    '0',
    '0',
    '0',
    '0',
    '0',
    '0.20 s',
    '1.50 s',
    '80 MB',
    'ok',
  ]
  expect(rowOf(held).slice(1, -1)).toEqual(cells)
  expect(hasHeld(held)).toBe(true)
})

test('one broken rule, one failed check or an error is FAILED', () => {
  const lost = { ...outcome, findings: { ...outcome.findings, lost: 1 } }
  const late = { ...outcome, checks: [{ what: 'back', figure: '4 s', ok: false }] }
  for (const broken of [{ outcome: lost }, { outcome: late }, { outcome, error: 'it ended' }]) {
    const result = { fault, seconds: 3, ...broken }
    expect(rowOf(result).at(-2)).toBe('FAILED')
    expect(hasHeld(result)).toBe(false)
  }
  expect(checksOf({ fault, seconds: 3, outcome: late, error: 'it ended' })).toBe(
    '  FAILED back: 4 s\n  FAILED it ended',
  )
})

test('what was not run says so and has not held', () => {
  const result = { fault, seconds: 0, notRun: 'no root' }
  expect(rowOf(result).at(-2)).toBe('not run: no root')
  expect(hasHeld(result)).toBe(false)
})

test('one who never came back shows', () => {
  expect(rowOf({ ...held, outcome: { ...outcome, recoveriesMs: [1, Infinity] } })[11]).toBe('never')
})

test('the runs of one fault are summed, and what failed once has failed', () => {
  const late = { what: 'back, p99', figure: '4000 ms ≤ 3000 ms', ok: false }
  const [merged, ...others] = mergeResults([
    held,
    { ...held, outcome: { ...outcome, peakBytes: 1, checks: [late] } },
    held,
  ])
  expect(others).toEqual([])
  expect(merged).toMatchObject({ seconds: 9, outcome: { trials: 6, acks: 90, checks: [late] } })
  expect(merged?.outcome?.recoveriesMs).toHaveLength(9)
  expect(merged?.outcome?.peakBytes).toBe(outcome.peakBytes)
})

test('none lost of N bounds the rate below 3/N', () => {
  expect(boundOf([held])).toBe(
    'None of 30 acks was lost: with 95 % confidence fewer than one in 10.',
  )
  const lost = { ...outcome, findings: { ...outcome.findings, lost: 2 } }
  expect(boundOf([held, { ...held, outcome: lost }])).toBe('2 of 60 acks were lost.')
})

test('the list tells what each fault does, and its own figures', () => {
  expect(listOf([held])).toBe('- **kill**: kill -9.\n  - back, p99: 1500 ms ≤ 3000 ms')
})

test('what is written into the page leaves the other program’s part as it was', () => {
  const part = (name: string, text: string): string =>
    `<!-- what \`bun run ${name} --write\` measured -->\n\n${text}\n\n<!-- end of what it measured -->`
  const page = (chaos: string): string => `${part('chaos', chaos)}\n${part('bench', 'fast')}`
  expect(replaceMeasured(page('old'), 'new', 'chaos')).toBe(page('new'))
})
