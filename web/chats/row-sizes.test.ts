import { expect, test } from 'bun:test'
import { makeRowSizes } from './row-sizes.ts'

test('sizes are found for the same rows, and for those that begin with them', () => {
  const sizes = makeRowSizes<number[]>(2)
  sizes.keep(['a', 'b'], [40, 60])
  expect(sizes.find(['a', 'b'])).toEqual({ sizes: [40, 60], isWhole: true })
  expect(sizes.find(['a', 'b', 'c'])).toEqual({ sizes: [40, 60], isWhole: false })
})

test('rows that are other ones, or stand elsewhere, have none', () => {
  const sizes = makeRowSizes<number[]>(2)
  sizes.keep(['a', 'b'], [40, 60])
  expect(sizes.find(['a', 'x', 'b'])).toBeNull()
  expect(sizes.find(['a'])).toBeNull()
  expect(sizes.find(['b'])).toBeNull()
  expect(sizes.find([])).toBeNull()
  sizes.keep([], [])
  expect(sizes.find([])).toBeNull()
})

test('the list that was not shown for longest is forgotten', () => {
  const sizes = makeRowSizes<number>(2)
  sizes.keep(['a'], 1)
  sizes.keep(['b'], 2)
  sizes.keep(['a'], 3)
  sizes.keep(['c'], 4)
  expect(['a', 'b', 'c'].map((key) => sizes.find([key])?.sizes)).toEqual([3, undefined, 4])
})
