import { expect, test } from 'bun:test'
import { stepOf } from './step-of.ts'

const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false }

test('letters and arrows walk, Enter opens, E and Esc finish, U brings back', () => {
  const asked = ['j', 'ArrowDown', 'k', 'ArrowUp', 'Enter', 'e', 'Escape', 'u', 'J'].map((key) =>
    stepOf({ ...none, key }),
  )
  expect(asked.join(' ')).toBe('next next previous previous open done done undo next')
})

test('chords and other keys are left alone: Shift+Esc marks all rooms, Alt+arrows change the room', () => {
  expect(stepOf({ ...none, key: 'Escape', shiftKey: true })).toBeNull()
  expect(stepOf({ ...none, key: 'ArrowDown', altKey: true })).toBeNull()
  expect(stepOf({ ...none, key: 'k', ctrlKey: true })).toBeNull()
  expect(stepOf({ ...none, key: 'x' })).toBeNull()
})
