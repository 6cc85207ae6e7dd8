import { nextLine, type Format } from '../compose/formatting.ts'
import { isInFence, type Writing } from '../compose/writing.ts'

export interface KeyPress {
  key: string
  /** The place of the key: with Shift, its `key` is another one on each keyboard. */
  code: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing: boolean
  /** 229 while an input method has the key; Safari ends composing before it tells of the Enter. */
  keyCode: number
}

export interface ComposerState extends Writing {
  isEditing: boolean
  /** The next chat answers one. */
  isReplying: boolean
  isTouch: boolean
  /** The reader's setting: Enter sends, or makes a new line. */
  enterSends: boolean
}

export type ComposerAct =
  | { type: 'send' }
  | { type: 'edit_last' }
  | { type: 'cancel_edit' }
  | { type: 'cancel_reply' }
  | { type: 'format'; format: Format }
  /** What the key makes of the text. */
  | { type: 'write'; writing: Writing }

const formats: Record<string, Format> = { b: 'bold', i: 'italic', e: 'code' }
const shiftFormats: Record<string, Format> = {
  KeyX: 'strike',
  KeyC: 'code_block',
  Digit7: 'numbers',
  Digit8: 'bullets',
  Digit9: 'quote',
}

/** What a key means in the composer; null leaves it to the browser. */
export function composerAct(press: KeyPress, state: ComposerState): ComposerAct | null {
  if (press.isComposing || press.keyCode === 229) return null
  const command = press.ctrlKey || press.metaKey
  if (press.key === 'Enter') {
    if (enterSends(press, state, command)) return { type: 'send' }
    const writing = isInFence(state.text, state.start) ? null : nextLine(state)
    return writing && { type: 'write', writing }
  }
  if (press.key === 'Escape' && !press.shiftKey) {
    if (state.isEditing) return { type: 'cancel_edit' }
    return state.isReplying ? { type: 'cancel_reply' } : null
  }
  if (press.key === 'ArrowUp' && state.text === '' && !state.isEditing && !command && !press.altKey)
    return press.shiftKey ? null : { type: 'edit_last' }
  if (!command || press.altKey) return null
  const format = press.shiftKey ? shiftFormats[press.code] : formats[press.key.toLowerCase()]
  return format ? { type: 'format', format } : null
}

function enterSends(press: KeyPress, state: ComposerState, command: boolean): boolean {
  if (press.shiftKey || press.altKey) return false
  if (command) return true
  return state.enterSends && !state.isTouch && !isInFence(state.text, state.start)
}
