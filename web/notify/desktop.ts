import { createSignal } from 'solid-js'
import { makeShelf } from '../live/storage.ts'

/**
 * Whether this browser shows notifications of Parley. `absent`: it can't, or not for a page that
 * came by plain http. `unasked`: nobody asked the person yet. `refused`: only the browser's own
 * settings bring it back. `off`: allowed, and switched off here.
 */
export type DesktopState = 'absent' | 'unasked' | 'refused' | 'on' | 'off'

const shelf = makeShelf('parley.')
const key = 'desktop-off'

/** Not reactive, and true also when another tab was asked. */
export const desktopNow = (): DesktopState => {
  if (!('Notification' in window) || !isSecureContext) return 'absent'
  if (Notification.permission === 'default') return 'unasked'
  if (Notification.permission === 'denied') return 'refused'
  return shelf.get(key) === null ? 'on' : 'off'
}

const [asked, tell] = createSignal(undefined, { equals: false })

/** Of this browser alone: a permission is not the account's. Only now looked up: that takes the browser 10 ms. */
export const desktopState = (): DesktopState => {
  asked()
  return desktopNow()
}

/** Asks the person; call it from a press of theirs, never by itself. */
export async function askForDesktop(): Promise<void> {
  shelf.remove(key)
  await Notification.requestPermission()
  tell()
}

export function switchDesktop(on: boolean): void {
  if (on) shelf.remove(key)
  else shelf.set(key, 'yes')
  tell()
}
