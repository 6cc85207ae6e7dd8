import { expect, test } from 'bun:test'
import { composerAct, type ComposerState, type KeyPress } from './composer-keys.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 0,
  ...more,
})
const state = (text = '', more: Partial<ComposerState> = {}): ComposerState => ({
  text,
  start: text.length,
  end: text.length,
  isEditing: false,
  isReplying: false,
  isTouch: false,
  enterSends: true,
  ...more,
})

test('Enter sends, Shift+Enter makes a line', () => {
  expect(composerAct(press('Enter'), state('hi'))).toEqual({ type: 'send' })
  expect(composerAct(press('Enter', { shiftKey: true }), state('hi'))).toBe(null)
})

test('an input method’s Enter never sends', () => {
  expect(composerAct(press('Enter', { isComposing: true }), state('にほ'))).toBe(null)
  expect(composerAct(press('Enter', { keyCode: 229 }), state('にほ'))).toBe(null)
})

test('inside a code fence, and on touch, Enter makes a line; Ctrl+Enter still sends', () => {
  expect(composerAct(press('Enter'), state('```ts\nlet a'))).toBe(null)
  expect(composerAct(press('Enter'), state('```ts\nlet a\n```'))).toEqual({ type: 'send' })
  expect(composerAct(press('Enter', { ctrlKey: true }), state('```\na'))).toEqual({ type: 'send' })
  expect(composerAct(press('Enter'), state('hi', { isTouch: true }))).toBe(null)
})

test('the setting that Enter makes a line leaves sending to Ctrl+Enter', () => {
  expect(composerAct(press('Enter'), state('hi', { enterSends: false }))).toBe(null)
  const sent = composerAct(press('Enter', { metaKey: true }), state('hi', { enterSends: false }))
  expect(sent).toEqual({ type: 'send' })
})

test('Up edits my last chat in an empty composer only', () => {
  expect(composerAct(press('ArrowUp'), state())).toEqual({ type: 'edit_last' })
  expect(composerAct(press('ArrowUp'), state(' '))).toBe(null)
  expect(composerAct(press('ArrowUp', { altKey: true }), state())).toBe(null)
})

test('Escape ends an edit, and means nothing here otherwise', () => {
  expect(composerAct(press('Escape'), state('x', { isEditing: true }))).toEqual({
    type: 'cancel_edit',
  })
  expect(composerAct(press('Escape'), state('x'))).toBe(null)
})

test('Escape ends a reply, but the edit first', () => {
  expect(composerAct(press('Escape'), state('x', { isReplying: true }))).toEqual({
    type: 'cancel_reply',
  })
  const both = composerAct(press('Escape'), state('x', { isReplying: true, isEditing: true }))
  expect(both).toEqual({ type: 'cancel_edit' })
  const all = composerAct(press('Escape', { shiftKey: true }), state('x', { isReplying: true }))
  expect(all).toBe(null)
})

test('Ctrl+B, I and E format, and so do X, C and the digits with Shift', () => {
  const formatOf = (key: string, more: Partial<KeyPress>) =>
    composerAct(press(key, { ctrlKey: true, ...more }), state('x'))
  expect(formatOf('b', {})).toEqual({ type: 'format', format: 'bold' })
  expect(formatOf('B', {})).toEqual({ type: 'format', format: 'bold' })
  const shiftKey = true
  expect(formatOf('X', { shiftKey, code: 'KeyX' })).toEqual({ type: 'format', format: 'strike' })
  expect(formatOf('(', { shiftKey, code: 'Digit9' })).toEqual({ type: 'format', format: 'quote' })
  expect(formatOf('C', { shiftKey, code: 'KeyC', altKey: true })).toBe(null)
  expect(formatOf('c', { code: 'KeyC' })).toBe(null)
  expect(composerAct(press('b'), state('x'))).toBe(null)
})

test('a new line goes on with a list, but not inside a fence', () => {
  const shiftKey = true
  expect(composerAct(press('Enter', { shiftKey }), state('- a'))).toEqual({
    type: 'write',
    writing: { text: '- a\n- ', start: 6, end: 6 },
  })
  expect(composerAct(press('Enter', { shiftKey }), state('```\n- a'))).toBe(null)
  expect(composerAct(press('Enter'), state('- a'))).toEqual({ type: 'send' })
})
