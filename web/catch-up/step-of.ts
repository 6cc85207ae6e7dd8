export type Step = 'next' | 'previous' | 'open' | 'done' | 'undo'

const steps: Readonly<Record<string, Step>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  Enter: 'open',
  e: 'done',
  Escape: 'done',
  u: 'undo',
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

/** What a key asks of the walk; chords are the frame's, or the browser's. */
export function stepOf(event: KeyPress): Step | null {
  const { altKey, ctrlKey, metaKey, shiftKey, key } = event
  if (altKey || ctrlKey || metaKey || shiftKey) return null
  return steps[key.length === 1 ? key.toLowerCase() : key] ?? null
}
