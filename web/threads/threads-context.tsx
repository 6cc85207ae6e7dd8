import { createContext, useContext, type JSX } from 'solid-js'
import { useLive } from '../live/index.ts'
import { createThreads, type Threads } from './create-threads.ts'
import { threadsRest } from './thread-rest.ts'

const ThreadsContext = createContext<Threads>()

/** Around everything that a signed-in user sees, inside `LiveProvider`. */
export function ThreadsProvider(props: { children: JSX.Element }): JSX.Element {
  return (
    <ThreadsContext.Provider value={createThreads({ live: useLive(), ...threadsRest })}>
      {props.children}
    </ThreadsContext.Provider>
  )
}

/** My threads: which I follow, and which are unread. */
export function useThreads(): Threads {
  const threads = useContext(ThreadsContext)
  if (!threads) throw new Error('useThreads belongs inside ThreadsProvider')
  return threads
}
