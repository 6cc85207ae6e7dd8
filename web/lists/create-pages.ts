import { createSignal, type Accessor } from 'solid-js'
import { asApiError, type ApiError } from '../api-error.ts'

export interface Pages<Item> {
  items: Accessor<readonly Item[]>
  isLoading: Accessor<boolean>
  error: Accessor<ApiError | null>
  /** Nothing comes after what is loaded. */
  isWhole: Accessor<boolean>
  /** The next page; after a failure the same one again. */
  more: () => void
  /** From the start: what is shown stays until the new first page is here. */
  reload: () => void
  /** Changes what is held, by news of it. */
  change: (next: (items: readonly Item[]) => readonly Item[]) => void
}

/** A list that comes page by page; each page names the next. An item that comes twice is kept once. */
export function createPages<Item>(
  load: (cursor: string | null) => Promise<{ items: Item[]; nextCursor: string | null }>,
  idOf: (item: Item) => string,
): Pages<Item> {
  const [items, setItems] = createSignal<readonly Item[]>([])
  const [isLoading, setLoading] = createSignal(false)
  const [error, setError] = createSignal<ApiError | null>(null)
  const [isWhole, setWhole] = createSignal(false)
  let cursor: string | null = null
  /** Counts what was asked, so that the answer to an older question is dropped. */
  let turn = 0

  const ask = async (from: string | null): Promise<void> => {
    turn += 1
    const mine = turn
    setLoading(true)
    setError(null)
    try {
      const page = await load(from)
      if (mine !== turn) return
      cursor = page.nextCursor
      setItems((held) => (from === null ? page.items : joined(held, page.items, idOf)))
      setWhole(page.nextCursor === null)
    } catch (caught) {
      if (mine === turn) setError(asApiError(caught))
    } finally {
      if (mine === turn) setLoading(false)
    }
  }
  return {
    items,
    isLoading,
    error,
    isWhole,
    more: () => {
      if (!isLoading() && !isWhole()) void ask(cursor)
    },
    reload: () => void ask(null),
    change: (next) => void setItems(next),
  }
}

/** An item may move to a later page between two requests. */
function joined<Item>(held: readonly Item[], came: readonly Item[], idOf: (item: Item) => string) {
  const ids = new Set(held.map(idOf))
  return [...held, ...came.filter((item) => !ids.has(idOf(item)))]
}
