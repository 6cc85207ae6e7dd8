import { createContext, useContext, type JSX } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { api, asApiError, call } from '../api.ts'
import { errorText } from '../error-text.ts'
import { useLive } from '../live/index.ts'
import { toasts } from '../toasts.ts'
import { createMarks, type Marks, type MarksPorts } from './create-marks.ts'

const MarksContext = createContext<Marks>()

/** Around everything that a signed-in user sees, inside `LiveProvider`. */
export function MarksProvider(props: { children: JSX.Element }): JSX.Element {
  return (
    <MarksContext.Provider value={createMarks({ live: useLive(), ...rest })}>
      {props.children}
    </MarksContext.Provider>
  )
}

/** What I set on chats: reactions, pins, and what I keep for later. */
export function useMarks(): Marks {
  const marks = useContext(MarksContext)
  if (!marks) throw new Error('useMarks belongs inside MarksProvider')
  return marks
}

const chats = api.rooms[':roomId'].chats[':chatId']
const at = ({ roomId, id }: Chat) => ({ roomId, chatId: id })

const rest: Omit<MarksPorts, 'live'> = {
  react: async (chat, emoji, isOn) => {
    const request = { param: { ...at(chat), emoji: encodeURIComponent(emoji) } }
    const route = chats.reactions[':emoji']
    return (await call(isOn ? route.$put(request) : route.$delete(request))).chat
  },
  pin: async (chat, isOn) => {
    const request = { param: at(chat) }
    return (await call(isOn ? chats.pin.$put(request) : chats.pin.$delete(request))).chat
  },
  save: async (chatId, isOn) => {
    const request = { param: { chatId } }
    const route = api.saved[':chatId']
    await call(isOn ? route.$put(request) : route.$delete(request))
  },
  savedPage: (cursor) => call(api.saved.$get({ query: cursor === undefined ? {} : { cursor } })),
  refused: (error) => void toasts.show(errorText(asApiError(error)), { kind: 'failed' }),
}
