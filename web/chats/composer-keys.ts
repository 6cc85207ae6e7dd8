export interface KeyPress {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing: boolean
  /** 229 while an input method has the key; Safari ends composing before it tells of the Enter. */
  keyCode: number
}

export interface Writing {
  text: string
  start: number
  end: number
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
  | { type: 'mark'; mark: string }

const marks: Record<string, string> = { b: '**', i: '_', e: '`' }

/** What a key means in the composer; null leaves it to the browser. */
export function composerAct(press: KeyPress, state: ComposerState): ComposerAct | null {
  if (press.isComposing || press.keyCode === 229) return null
  const command = press.ctrlKey || press.metaKey
  if (press.key === 'Enter') return enterSends(press, state, command) ? { type: 'send' } : null
  if (press.key === 'Escape' && !press.shiftKey) {
    if (state.isEditing) return { type: 'cancel_edit' }
    return state.isReplying ? { type: 'cancel_reply' } : null
  }
  if (press.key === 'ArrowUp' && state.text === '' && !state.isEditing && !command && !press.altKey)
    return press.shiftKey ? null : { type: 'edit_last' }
  const mark = command && !press.shiftKey && !press.altKey && marks[press.key.toLowerCase()]
  return mark ? { type: 'mark', mark } : null
}

function enterSends(press: KeyPress, state: ComposerState, command: boolean): boolean {
  if (press.shiftKey || press.altKey) return false
  if (command) return true
  return state.enterSends && !state.isTouch && !isInFence(state.text, state.start)
}

const fenceLine = /^ {0,3}(`{3,}|~{3,})(.*)$/gm

/** Whether the caret is inside a fenced code block, as markdown sees fences. */
export function isInFence(text: string, caret: number): boolean {
  let open: string | null = null
  for (const [, signs = '', rest = ''] of text.slice(0, caret).matchAll(fenceLine)) {
    const isCode = signs.startsWith('`') && rest.includes('`')
    if (open === null) open = isCode ? null : signs
    else if (signs.startsWith(open) && rest.trim() === '') open = null
  }
  return open !== null
}

/** Puts the mark around the selection, or takes it away again. */
export function toggleMark({ text, start, end }: Writing, mark: string): Writing {
  const { length } = mark
  const inside = text.slice(start, end)
  const isAround =
    text.slice(start - length, start) === mark && text.slice(end, end + length) === mark
  if (isAround)
    return {
      text: text.slice(0, start - length) + inside + text.slice(end + length),
      start: start - length,
      end: end - length,
    }
  return {
    text: text.slice(0, start) + mark + inside + mark + text.slice(end),
    start: start + length,
    end: end + length,
  }
}
