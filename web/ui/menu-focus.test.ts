import { expect, test } from 'bun:test'
import { nextItem } from './menu-focus.ts'

const labels = ['Reply', 'Edit', 'Remove', 'Émigré']

test('arrows go round, Home and End to the ends', () => {
  expect(nextItem('ArrowDown', labels, -1)).toBe(0)
  expect(nextItem('ArrowDown', labels, 3)).toBe(0)
  expect(nextItem('ArrowUp', labels, 0)).toBe(3)
  expect(nextItem('ArrowUp', labels, -1)).toBe(3)
  expect(nextItem('Home', labels, 2)).toBe(0)
  expect(nextItem('End', labels, 0)).toBe(3)
})

test('a letter goes to the next item that begins with it, of any script', () => {
  expect(nextItem('r', labels, 0)).toBe(2)
  expect(nextItem('R', labels, 2)).toBe(0)
  expect(nextItem('é', labels, 0)).toBe(3)
  expect(nextItem('z', labels, 0)).toBeNull()
})

test('other keys do not move, and an empty menu has nowhere to go', () => {
  expect(nextItem('Enter', labels, 0)).toBeNull()
  expect(nextItem(' ', labels, 0)).toBeNull()
  expect(nextItem('ArrowDown', [], -1)).toBeNull()
})
