/** The rows of a list and, opaque, how high each was. */
interface Measured<Sizes> {
  keys: readonly string[]
  sizes: Sizes
}

export interface RowSizes<Sizes> {
  /** Of a list that begins with the same rows; `isWhole` when no more came behind them. */
  find: (keys: readonly string[]) => { sizes: Sizes; isWhole: boolean } | null
  keep: (keys: readonly string[], sizes: Sizes) => void
}

/**
 * How high rows were when their list was last shown, so that a room that is opened again makes those
 * rows alone that fit the view. Of the `most` lists shown last, each known by its first row.
 */
export function makeRowSizes<Sizes>(most: number): RowSizes<Sizes> {
  const held = new Map<string, Measured<Sizes>>()
  return {
    find: (keys) => {
      const found = held.get(keys[0] ?? '')
      if (!found?.keys.every((key, at) => key === keys[at])) return null
      return { sizes: found.sizes, isWhole: found.keys.length === keys.length }
    },
    keep: (keys, sizes) => {
      const [first] = keys
      if (first === undefined) return
      // A map keeps the order in which its keys came: what was shown last stands last.
      held.delete(first)
      held.set(first, { keys, sizes })
      const oldest = held.keys().next()
      if (held.size > most && !oldest.done) held.delete(oldest.value)
    },
  }
}
