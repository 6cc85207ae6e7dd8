import { createSignal, onCleanup, type Accessor } from 'solid-js'

const waitMs = 150

export interface Search<Found> {
  /** Of the last answer; kept while the next is on its way. */
  found: Accessor<readonly Found[]>
  ask: (query: string) => void
}

/** Asks the server while one types, not for every letter; only the last answer counts. */
export function createSearch<Found>(
  load: (query: string) => Promise<readonly Found[]>,
): Search<Found> {
  const [found, setFound] = createSignal<readonly Found[]>([])
  let asked = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  const run = async (query: string): Promise<void> => {
    try {
      const answer = await load(query)
      if (asked === query) setFound(answer)
    } catch {
      // What is known here is offered all the same.
      if (asked === query) asked = ''
    }
  }
  return {
    found,
    ask: (query) => {
      if (query === asked) return
      asked = query
      clearTimeout(timer)
      if (query !== '') timer = setTimeout(() => void run(query), waitMs)
    },
  }
}
