import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { SearchResult } from '../../src/protocol/search.ts'
import { api, asApiError, call } from '../api.ts'
import { errorText } from '../error-text.ts'
import { timeZone } from '../i18n/format.ts'
import { useLive } from '../live/index.ts'

export interface Asked {
  query: string
  /** Only in this room. */
  roomId: string | null
}

export interface Search {
  results: Accessor<readonly SearchResult[]>
  /** `idle` before anything is asked. What was found last stays while the next is on its way. */
  state: Accessor<'idle' | 'loading' | 'ready' | 'failed'>
  problem: Accessor<string | undefined>
  hasMore: Accessor<boolean>
  /** What the results are of. */
  shown: Accessor<Asked>
  /** The next page; after a failure what failed again. */
  more: () => void
}

/** Long enough that a word in a hurry is one question. */
const waitMs = 120
const nothing: Asked = { query: '', roomId: null }

interface Held {
  /** Whose: another may sign in on the same page. */
  userId: string
  asked: Asked
  results: readonly SearchResult[]
  nextCursor: string | null
}

/** The last search of this page: whoever comes back from a result finds it as it was. */
let held: Held | null = null

const isSame = (a: Asked, b: Asked): boolean => a.query === b.query && a.roomId === b.roomId

/** Searches while it is typed: the newest question alone counts, and older ones are called off. */
export function createSearch(asked: Accessor<Asked>): Search {
  const live = useLive()
  const wanted = createMemo(asked, nothing, { equals: isSame })
  const userId = live.me().id
  const kept = held?.userId === userId && isSame(held.asked, wanted()) ? held : null
  const [results, setResults] = createSignal<readonly SearchResult[]>(kept?.results ?? [])
  const [shown, setShown] = createSignal<Asked>(kept?.asked ?? nothing)
  const [state, setState] = createSignal<ReturnType<Search['state']>>(kept ? 'ready' : 'idle')
  const [problem, setProblem] = createSignal<string>()
  const [cursor, setCursor] = createSignal<string | null>(kept?.nextCursor ?? null)
  let underway = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  const load = async (question: Asked, after: string | null): Promise<void> => {
    underway.abort()
    const mine = new AbortController()
    underway = mine
    setState('loading')
    setProblem(undefined)
    const { query, roomId } = question
    try {
      const page = await call(
        api.search.$get(
          {
            query: {
              query,
              timeZone: timeZone(),
              ...(roomId !== null && { roomId }),
              ...(after !== null && { cursor: after }),
            },
          },
          { init: { signal: mine.signal } },
        ),
      )
      if (mine.signal.aborted) return
      live.learnUsers(page.results.map(({ chat }) => chat.sender))
      setResults((before) => (after === null ? page.results : [...before, ...page.results]))
      setShown(question)
      setCursor(page.nextCursor)
      setState('ready')
      held = { userId, asked: question, results: results(), nextCursor: page.nextCursor }
    } catch (caught) {
      if (mine.signal.aborted) return
      setProblem(errorText(asApiError(caught)))
      setState('failed')
    }
  }

  const ask = (question: Asked): void => {
    clearTimeout(timer)
    underway.abort()
    if (question.query.trim() !== '') {
      setState('loading')
      timer = setTimeout(() => void load(question, null), waitMs)
      return
    }
    setResults([])
    setShown(nothing)
    setCursor(null)
    setProblem(undefined)
    setState('idle')
  }
  createEffect(on(wanted, ask, { defer: kept !== null }))
  onCleanup(() => {
    clearTimeout(timer)
    underway.abort()
  })

  // What becomes of a chat meanwhile is shown; where it had what was asked for, it may have no longer.
  live.onNews(({ chat }) => {
    if (!results().some((result) => result.chat.id === chat.id)) return
    setResults((before) =>
      before.flatMap((result) => {
        if (result.chat.id !== chat.id) return result
        if (chat.deletedAt !== null) return []
        const isAsBefore = result.chat.message === chat.message
        return { ...result, chat, highlights: isAsBefore ? result.highlights : [] }
      }),
    )
  })

  return {
    results,
    state,
    problem,
    shown,
    hasMore: () => cursor() !== null,
    more: () => {
      if (state() === 'loading') return
      void load(wanted(), isSame(shown(), wanted()) ? cursor() : null)
    },
  }
}
