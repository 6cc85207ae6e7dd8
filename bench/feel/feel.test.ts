import { expect, test } from 'bun:test'
import { isReached, tableOf } from './figure.ts'

test('an aim is held from above or from below; without one nothing is claimed', () => {
  const figure = { what: 'x', value: 50, unit: 'ms' }
  expect(isReached(figure)).toBeNull()
  expect(isReached({ ...figure, aim: { atMost: 50 } })).toBe(true)
  expect(isReached({ ...figure, aim: { atMost: 49 } })).toBe(false)
  expect(isReached({ ...figure, aim: { atLeast: 50 } })).toBe(true)
  expect(isReached({ ...figure, aim: { atLeast: 51 } })).toBe(false)
  // What could not be measured is not reached.
  expect(isReached({ ...figure, value: Number.NaN, aim: { atMost: 50 } })).toBe(false)
})

test('the table reads as people write it', () => {
  const table = tableOf([
    { what: 'a room', value: 38.46, unit: 'ms', aim: { atMost: 50 } },
    { what: 'pages', value: 1_984, unit: '' },
    { what: 'score', value: 94, unit: '', aim: { atLeast: 95 } },
  ])
  expect(table.split('\n')).toEqual([
    '| what   | measured | aim     |       |',
    '| ------ | -------- | ------- | ----- |',
    '| a room | 38.5 ms  | ≤ 50 ms | ok    |',
    '| pages  | 1,984    |         |       |',
    '| score  | 94       | ≥ 95    | short |',
  ])
})
