import { createContext, useContext, type JSX } from 'solid-js'
import type { Me } from '../../src/protocol/users.ts'
import { createLive } from './create-live.ts'
import type { Live } from './types.ts'

const LiveContext = createContext<Live>()

/** Around everything that a signed-in user sees; make it anew (keyed by the user's id) for another user. */
export function LiveProvider(props: { me: Me; children: JSX.Element }): JSX.Element {
  return (
    <LiveContext.Provider value={createLive(() => props.me)}>{props.children}</LiveContext.Provider>
  )
}

export function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('useLive belongs inside LiveProvider')
  return live
}
