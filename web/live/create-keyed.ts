import { createSignal, getListener, onCleanup } from 'solid-js'

/** Values by key; a read is reactive for that key alone. */
export interface Keyed<Value> {
  get: (key: string) => Value | undefined
  /** `undefined` takes it out. */
  set: (key: string, value: Value | undefined) => void
  /** Of what is set, not reactive. */
  keys: () => string[]
}

interface Watch {
  track: () => void
  tell: () => void
  readers: number
}

/**
 * For what is looked up for each chat that scrolls by: it holds what was set and what is watched, no
 * more. A store of Solid's keeps a node for every key that was ever read, and so a little of each chat.
 */
export function createKeyed<Value>(): Keyed<Value> {
  const values = new Map<string, Value>()
  const watches = new Map<string, Watch>()

  const watch = (key: string): void => {
    const watched = watches.get(key) ?? openWatch()
    watches.set(key, watched)
    watched.readers += 1
    // Of the computation that reads: it is cleaned up before it reads again, and when it ends.
    onCleanup(() => {
      watched.readers -= 1
      if (watched.readers === 0 && watches.get(key) === watched) watches.delete(key)
    })
    watched.track()
  }

  return {
    get(key) {
      if (getListener()) watch(key)
      return values.get(key)
    },
    set(key, value) {
      if (values.get(key) === value) return
      if (value === undefined) values.delete(key)
      else values.set(key, value)
      watches.get(key)?.tell()
    },
    keys: () => [...values.keys()],
  }
}

function openWatch(): Watch {
  const [track, tell] = createSignal(undefined, { equals: false })
  return { track, tell: () => tell(undefined), readers: 0 }
}
