import { expect, test } from 'bun:test'
import { gridMoveOf, moveInGrid } from './grid.ts'

// Two sections in three columns:
//   0 1 2
//   3
//   4 5
const counts = [4, 2]
const move = (from: number, to: 'left' | 'right' | 'up' | 'down' | 'home' | 'end') =>
  moveInGrid(counts, 3, from, to)

test('left and right walk through all sections and stop at both ends', () => {
  expect(move(3, 'right')).toBe(4)
  expect(move(4, 'left')).toBe(3)
  expect(move(0, 'left')).toBe(0)
  expect(move(5, 'right')).toBe(5)
  expect(move(3, 'home')).toBe(0)
  expect(move(0, 'end')).toBe(5)
})

test('up and down keep the column where the row reaches that far', () => {
  expect(move(0, 'down')).toBe(3)
  expect(move(2, 'down')).toBe(3)
  expect(move(3, 'down')).toBe(4)
  expect(move(5, 'up')).toBe(3)
  expect(move(4, 'down')).toBe(4)
})

test('up from the first row leads out', () => {
  expect(move(2, 'up')).toBe(null)
})

test('the arrows point the other way where text runs right to left', () => {
  expect(gridMoveOf('ArrowLeft', false)).toBe('left')
  expect(gridMoveOf('ArrowLeft', true)).toBe('right')
  expect(gridMoveOf('ArrowUp', true)).toBe('up')
  expect(gridMoveOf('a', false)).toBe(null)
})
