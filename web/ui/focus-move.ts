type Press = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>

const moves = new Set([
  'Tab',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
])

/** Whether a key press is a reader's own way to move the focus, not one that opens or closes. */
export const movesFocus = (press: Press): boolean =>
  moves.has(press.key) && !press.altKey && !press.ctrlKey && !press.metaKey
