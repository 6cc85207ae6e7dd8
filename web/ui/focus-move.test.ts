import { expect, test } from 'bun:test'
import { movesFocus } from './focus-move.ts'

const press = (key: string, more: Partial<Parameters<typeof movesFocus>[0]> = {}) =>
  movesFocus({ key, altKey: false, ctrlKey: false, metaKey: false, ...more })

test('Tab and the arrows move the focus', () => {
  expect(press('Tab')).toBe(true)
  expect(press('ArrowDown')).toBe(true)
})

test('keys that open, close or leave do not: the focus that follows is the page’s doing', () => {
  expect(press('/', { ctrlKey: true })).toBe(false)
  expect(press('Escape')).toBe(false)
  expect(press('Enter')).toBe(false)
  expect(press('ArrowDown', { altKey: true })).toBe(false)
})
