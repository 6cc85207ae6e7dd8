/** The part of localStorage whose keys start with `prefix`. Where there is none (private mode, full), memory must do. */
export interface Shelf {
  keys: () => string[]
  get: (key: string) => string | null
  set: (key: string, value: string) => void
  remove: (key: string) => void
}

export function makeShelf(prefix: string, storage: Storage = localStorage): Shelf {
  return {
    keys: () => {
      const keys: string[] = []
      for (let at = 0; at < storage.length; at += 1) {
        const key = storage.key(at)
        if (key?.startsWith(prefix)) keys.push(key.slice(prefix.length))
      }
      return keys
    },
    get: (key) => storage.getItem(prefix + key),
    set: (key, value) => {
      try {
        storage.setItem(prefix + key, value)
      } catch {
        // The quota is used up: what is open stays in memory, only a reload would lose it.
      }
    },
    remove: (key) => storage.removeItem(prefix + key),
  }
}
