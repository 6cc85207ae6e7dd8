import { expect, test } from 'bun:test'
import { planSearch, type Condition } from './plan.ts'

const total = 1_000_000
const condition = (index: string, count: number): Condition => ({
  query: index,
  index: [index],
  count,
  operands: 1,
})
const plan = (conditions: Condition[], had: Condition[] = [], unwanted: string[] = []) =>
  planSearch(conditions, { total, limit: 21, had, unwanted })

test('what is rare is looked up, what is frequent is met on the way', () => {
  expect(plan([condition('rare', 40)])).toMatchObject({ way: 'index', lookUp: { index: ['rare'] } })
  expect(plan([condition('the', 400_000)])).toMatchObject({ way: 'walk' })
})

test('of several conditions the rarest are looked up, until few rows are left', () => {
  const [rare, some, most] = [
    condition('rare', 150),
    condition('some', 9_000),
    condition('most', 900_000),
  ]
  expect(plan([most, some, rare])).toMatchObject({ way: 'index', lookUp: { index: ['rare'] } })
  expect(plan([most, some])).toMatchObject({ lookUp: { index: ['some'], rest: [most] } })
  const other = condition('other', 30_000)
  expect(plan([most, some, other], [], ['not'])).toMatchObject({
    lookUp: { index: ['(some) & (other) & !(not)'], rest: [most] },
  })
})

test('words that are often said, perhaps together, are looked for on a short walk first', () => {
  const walk = plan([condition('good', 50_000), condition('morning', 50_000)])
  expect(walk).toMatchObject({ way: 'walk', lookUp: { index: ['(good) & (morning)'] } })
  expect(walk.way === 'walk' && walk.rows).toBeLessThan(2_000)
})

test('with nothing to look up all rows are walked', () => {
  expect(plan([])).toEqual({ way: 'walk', rows: total, lookUp: null })
})

test('what was found before is no reason to walk: it would be passed over', () => {
  const before = condition('cake', 50_000)
  const now = { ...before, count: 50_020 }
  expect(plan([before]).way).toBe('walk')
  expect(plan([now], [before]).way).toBe('index')
})

test('where a word stands for nothing, nothing is asked, whatever else is', () => {
  const nothing = { ...condition('zzz', 0), index: [] }
  for (const conditions of [[nothing], [nothing, condition('the', 400_000)]]) {
    expect(plan(conditions, [], ['not'])).toEqual({ way: 'index', lookUp: { index: [], rest: [] } })
  }
})
