import { createResource, createSignal, onCleanup, type Accessor } from 'solid-js'
import type { User } from '../../src/protocol/users.ts'
import { api, asApiError, call } from '../api.ts'
import { errorText } from '../error-text.ts'
import { useLive } from '../live/index.ts'

const waitMs = 150

export interface PeopleSearch {
  query: Accessor<string>
  setQuery: (query: string) => void
  /** Of the last answer; kept while the next is on its way. */
  people: Accessor<readonly User[]>
  loading: Accessor<boolean>
  problem: Accessor<string | undefined>
}

/** Finds people while a name is typed, me not among them. */
export function createPeopleSearch(): PeopleSearch {
  const live = useLive()
  const [query, setQuery] = createSignal('')
  const [asked, setAsked] = createSignal('')
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  const [answer] = createResource(asked, async (text) => {
    try {
      const { users } = await call(api.users.$get({ query: { query: text } }))
      live.learnUsers(users)
      return { users: users.filter((user) => user.id !== live.me().id) }
    } catch (caught) {
      return { users: [], problem: errorText(asApiError(caught)) }
    }
  })

  return {
    query,
    setQuery: (next) => {
      setQuery(next)
      clearTimeout(timer)
      timer = setTimeout(() => setAsked(next.trim().replace(/^@/, '')), waitMs)
    },
    people: () => answer.latest?.users ?? [],
    loading: () => answer.loading,
    problem: () => answer.latest?.problem,
  }
}
