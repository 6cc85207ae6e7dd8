/** Where a reader stood in a room: the row at the top of the view, and how much of it is above. */
export interface Place {
  seq: number
  offsetPx: number
}

export interface Places {
  /** Where the reader stood at `address` when they left this entry of the history. */
  find: (address: string) => Place | null
  /** Null forgets it: whoever left at the end comes back to the end. */
  keep: (address: string, place: Place | null) => void
}

const key = 'place'

/**
 * The places of this page's history, for Back and Forward. An entry is known by a name in its
 * state; its address must fit too, because a router shows a new page before it writes the entry.
 */
export function makePlaces(history: Pick<History, 'state' | 'replaceState'>): Places {
  const held = new Map<string, { address: string; place: Place }>()
  // A reload keeps the entries and forgets the places: names must not come again.
  const life = Date.now().toString(36)
  let named = 0

  return {
    find(address) {
      const found = held.get(nameIn(history.state) ?? '')
      return found?.address === address ? found.place : null
    },
    keep(address, place) {
      const name = nameIn(history.state)
      if (!place) return void held.delete(name ?? '')
      if (name !== null && (held.get(name)?.address ?? address) === address)
        return void held.set(name, { address, place })
      named += 1
      const next = `${life}-${named}`
      held.set(next, { address, place })
      history.replaceState({ ...stateOf(history.state), [key]: next }, '')
    },
  }
}

const stateOf = (state: unknown): object =>
  typeof state === 'object' && state !== null ? state : {}

function nameIn(state: unknown): string | null {
  const name: unknown = Object.entries(stateOf(state)).find(([held]) => held === key)?.[1]
  return typeof name === 'string' ? name : null
}
