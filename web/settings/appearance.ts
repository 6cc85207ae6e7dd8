import { createSignal } from 'solid-js'

const key = 'parley.enter-sends'

const [enterSends, keep] = createSignal(localStorage.getItem(key) !== 'false')

/** Whether Enter sends and Shift+Enter makes a new line; else Enter is a new line and Ctrl+Enter sends. Kept in this browser. */
export { enterSends }

export function setEnterSends(next: boolean): void {
  keep(next)
  localStorage.setItem(key, String(next))
}
