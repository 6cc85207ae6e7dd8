import { expect, test } from 'bun:test'
import { commandKey, shortcutOf } from './shortcuts.ts'

const press = (key: string, modifiers: Partial<Parameters<typeof shortcutOf>[0]> = {}) =>
  shortcutOf({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...modifiers })

test('Ctrl+K and Cmd+K open the switcher, Ctrl+/ the sheet', () => {
  expect(press('k', { ctrlKey: true })).toEqual({ type: 'switcher' })
  expect(press('K', { metaKey: true })).toEqual({ type: 'switcher' })
  expect(press('/', { ctrlKey: true })).toEqual({ type: 'sheet' })
})

test('Ctrl+F searches in the room, with Shift everywhere', () => {
  expect(press('f', { ctrlKey: true })).toEqual({ type: 'search', everywhere: false })
  expect(press('F', { metaKey: true, shiftKey: true })).toEqual({
    type: 'search',
    everywhere: true,
  })
  expect(press('f')).toBeNull()
})

test('Alt with an arrow steps through rooms, with Shift through unread ones', () => {
  expect(press('ArrowUp', { altKey: true })).toEqual({ type: 'step', step: -1, unreadOnly: false })
  expect(press('ArrowDown', { altKey: true, shiftKey: true })).toEqual({
    type: 'step',
    step: 1,
    unreadOnly: true,
  })
})

test('Esc marks the room read, Shift+Esc all of them; plain keys and other chords are not ours', () => {
  expect(press('Escape')).toEqual({ type: 'mark-read', all: false })
  expect(press('Escape', { shiftKey: true })).toEqual({ type: 'mark-read', all: true })
  expect(press('k')).toBeNull()
  expect(press('k', { ctrlKey: true, shiftKey: true })).toBeNull()
  expect(press('ArrowUp')).toBeNull()
  expect(press('ArrowUp', { altKey: true, ctrlKey: true })).toBeNull()
})

test('the command key is named as the keyboard names it', () => {
  expect(commandKey('MacIntel')).toBe('⌘')
  expect(commandKey('Linux x86_64')).toBe('Ctrl')
})
