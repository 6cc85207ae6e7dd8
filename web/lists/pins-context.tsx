import { createContext, useContext, type JSX } from 'solid-js'
import { api, call } from '../api.ts'
import { useLive } from '../live/index.ts'
import { createPins, type Pins } from './create-pins.ts'

const PinsContext = createContext<Pins>()

/** Around one room: what is pinned in it, for its header and its panel. Made anew for another room. */
export function PinsProvider(props: { roomId: string; children: JSX.Element }): JSX.Element {
  const live = useLive()
  const { roomId } = props
  const pins = createPins(live, roomId, async () => {
    const { chats } = await call(api.rooms[':roomId'].pins.$get({ param: { roomId } }))
    live.learnUsers(chats.map((chat) => chat.sender))
    return chats
  })
  void pins.load()
  return <PinsContext.Provider value={pins}>{props.children}</PinsContext.Provider>
}

/** What is pinned in the room around. */
export function usePins(): Pins {
  const pins = useContext(PinsContext)
  if (!pins) throw new Error('usePins belongs inside PinsProvider')
  return pins
}
