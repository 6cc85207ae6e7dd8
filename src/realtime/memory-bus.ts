import type { Bus, BusEvent } from './bus.ts'

type Listener = Parameters<Bus['listen']>[0]

/** The bus of several nodes in one process: each takes an end of it by `connect`. */
export interface MemoryBus {
  connect: () => Bus
  /** Until `mend`: nothing can be told, and what was on its way is lost. */
  cut: () => void
  mend: () => void
}

export function createMemoryBus(): MemoryBus {
  const listeners = new Set<Listener>()
  let isCut = false
  let life = 0

  const tell = (event: BusEvent): Promise<void> => {
    if (isCut) return Promise.reject(new Error('The bus is cut'))
    // As text, as on a wire: what one end does with an event later is nothing to the others.
    const text = JSON.stringify(event)
    const told = life
    queueMicrotask(() => {
      if (told !== life) return
      // The text was made from an event just above.
      for (const listener of listeners) listener.hear(JSON.parse(text) as BusEvent)
    })
    return Promise.resolve()
  }

  return {
    connect: () => ({ tell, listen: (listener) => void listeners.add(listener) }),
    cut() {
      isCut = true
      life += 1
    },
    mend() {
      isCut = false
      for (const listener of listeners) listener.missed()
    },
  }
}
