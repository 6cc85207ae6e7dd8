/** What a key press asks of the frame, wherever the focus is. */
export type Shortcut =
  | { type: 'switcher' }
  | { type: 'sheet' }
  | { type: 'search'; everywhere: boolean }
  | { type: 'step'; step: 1 | -1; unreadOnly: boolean }
  | { type: 'mark-read'; all: boolean }

type KeyPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

/** The frame's shortcut for a key press, or null. */
export function shortcutOf(event: KeyPress): Shortcut | null {
  const command = event.ctrlKey || event.metaKey
  if (command && !event.altKey && event.key.toLowerCase() === 'f')
    return { type: 'search', everywhere: event.shiftKey }
  if (command && !event.altKey && !event.shiftKey) {
    if (event.key.toLowerCase() === 'k') return { type: 'switcher' }
    if (event.key === '/') return { type: 'sheet' }
    return null
  }
  if (command) return null
  if (event.altKey) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null
    return step === null ? null : { type: 'step', step, unreadOnly: event.shiftKey }
  }
  return event.key === 'Escape' ? { type: 'mark-read', all: event.shiftKey } : null
}

/** `⌘` where the keyboard has it. */
export const commandKey = (platform: string): string =>
  /mac|iphone|ipad/i.test(platform) ? '⌘' : 'Ctrl'
