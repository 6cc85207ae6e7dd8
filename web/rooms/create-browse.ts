import { createSignal, type Accessor } from 'solid-js'
import type { BrowsePage } from '../../src/protocol/rooms.ts'
import { api, asApiError, call } from '../api.ts'
import { errorText } from '../error-text.ts'

export type BrowsedRoom = BrowsePage['rooms'][number]

export interface Browse {
  rooms: Accessor<readonly BrowsedRoom[]>
  /** What the rooms shown were asked for with. */
  query: Accessor<string>
  state: Accessor<'loading' | 'ready' | 'failed'>
  problem: Accessor<string | undefined>
  hasMore: Accessor<boolean>
  ask: (query: string) => void
  /** The next page; after a failure the same one again. */
  more: () => void
}

/** The list of public rooms, page by page. The rooms of the last question stay until the next answer. */
export function createBrowse(): Browse {
  const [rooms, setRooms] = createSignal<readonly BrowsedRoom[]>([])
  const [query, setQuery] = createSignal('')
  const [state, setState] = createSignal<'loading' | 'ready' | 'failed'>('loading')
  const [problem, setProblem] = createSignal<string>()
  const [cursor, setCursor] = createSignal<string | null>(null)
  let asked = 0

  const load = async (text: string, after: string | null) => {
    asked += 1
    const mine = asked
    setState('loading')
    setProblem(undefined)
    try {
      const page = await call(
        api.rooms.browse.$get({ query: { query: text, ...(after && { cursor: after }) } }),
      )
      // A slow answer to an older question must not replace a newer one's.
      if (mine !== asked) return
      setRooms((held) => (after ? [...held, ...page.rooms] : page.rooms))
      setQuery(text)
      setCursor(page.nextCursor)
      setState('ready')
    } catch (caught) {
      if (mine !== asked) return
      setProblem(errorText(asApiError(caught)))
      setState('failed')
    }
  }
  let last = ''
  const ask = (text: string) => {
    last = text
    void load(text, null)
  }
  ask('')

  return {
    rooms,
    query,
    state,
    problem,
    hasMore: () => cursor() !== null,
    ask,
    more: () => void load(last, query() === last ? cursor() : null),
  }
}
