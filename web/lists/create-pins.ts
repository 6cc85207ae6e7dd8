import { createSignal, type Accessor } from 'solid-js'
import type { Chat } from '../../src/protocol/chats.ts'
import { asApiError, type ApiError } from '../api-error.ts'
import type { Live } from '../live/index.ts'

export interface Pins {
  /** The newest chat first; null until they are here. */
  chats: Accessor<readonly Chat[] | null>
  error: Accessor<ApiError | null>
  load: () => Promise<void>
}

/** What is pinned in a room, kept true until the owner is disposed of. */
export function createPins(
  live: Pick<Live, 'on' | 'onNews'>,
  roomId: string,
  ask: () => Promise<Chat[]>,
): Pins {
  const [chats, setChats] = createSignal<readonly Chat[] | null>(null)
  const [error, setError] = createSignal<ApiError | null>(null)
  /** News since the list was asked for: it may have been read before them. */
  let news: Chat[] = []

  const load = async (): Promise<void> => {
    news = []
    setError(null)
    try {
      const told = await ask()
      setChats(news.reduce(withChange, told))
    } catch (caught) {
      setError(asApiError(caught))
    }
  }
  live.onNews(({ chat }) => {
    if (chat.roomId !== roomId) return
    news.push(chat)
    setChats((held) => held && withChange(held, chat))
  })
  // What was missed for too long comes as no news.
  live.on('joined', (frame) => {
    if (frame.roomId === roomId && frame.tooFar) void load()
  })
  return { chats, error, load }
}

/** The same list when the chat was not pinned and is not. */
export function withChange(held: readonly Chat[], chat: Chat): readonly Chat[] {
  const there = held.find(({ id }) => id === chat.id)
  if (!there && !chat.pinned) return held
  if (there && there.rev > chat.rev) return held
  const others = held.filter(({ id }) => id !== chat.id)
  return chat.pinned ? [...others, chat].sort((a, b) => b.seq - a.seq) : others
}
