import { createSignal, onCleanup, type Accessor } from 'solid-js'

/** Whether someone looks at this page: it is visible and has the focus. */
export function createPageActive(): Accessor<boolean> {
  const look = (): boolean => document.visibilityState === 'visible' && document.hasFocus()
  const [isActive, setActive] = createSignal(look())
  const update = (): void => void setActive(look())
  addEventListener('focus', update)
  addEventListener('blur', update)
  document.addEventListener('visibilitychange', update)
  onCleanup(() => {
    removeEventListener('focus', update)
    removeEventListener('blur', update)
    document.removeEventListener('visibilitychange', update)
  })
  return isActive
}
