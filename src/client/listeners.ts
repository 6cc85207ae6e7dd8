/** Who wants to hear of what, in order of asking. */
export interface Listeners<Events> {
  /** Answers how to stop. */
  on: <Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void) => () => void
  tell: <Type extends keyof Events>(type: Type, event: Events[Type]) => void
}

export function createListeners<Events>(): Listeners<Events> {
  const byType: { [Type in keyof Events]?: Set<(event: Events[Type]) => void> } = {}
  return {
    on(type, listener) {
      const listeners = (byType[type] ??= new Set())
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell(type, event) {
      for (const listener of byType[type] ?? []) {
        try {
          listener(event)
        } catch (error) {
          // A fault of the listener is its own: it must not stop the room's bookkeeping, nor be lost.
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
  }
}
