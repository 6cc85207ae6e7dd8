import { onCleanup } from 'solid-js'

/** The network or the tab came back, or went: the line may be dead without knowing it. */
export function watchNetwork(check: () => void): void {
  const checkVisible = (): void => {
    if (document.visibilityState === 'visible') check()
  }
  addEventListener('online', check)
  addEventListener('offline', check)
  document.addEventListener('visibilitychange', checkVisible)
  onCleanup(() => {
    removeEventListener('online', check)
    removeEventListener('offline', check)
    document.removeEventListener('visibilitychange', checkVisible)
  })
}
