import type { Chat, Reaction } from '../../src/protocol/chats.ts'
import type { SavedPage } from '../../src/protocol/lists.ts'
import { createKeyed } from '../live/create-keyed.ts'
import type { Live } from '../live/index.ts'
import { hasReacted, withReaction } from './reactions.ts'

/** What I set on chats: reactions, pins, and what I keep for later. Each shows at once. */
export interface Marks {
  /** The reactions of a chat with mine as I want them. */
  reactions: (chat: Chat) => readonly Reaction[]
  /** Sets mine, or takes it off. Refused, it is taken back and told. */
  react: (chat: Chat, emoji: string) => void
  pin: (chat: Chat, isOn: boolean) => void
  isSaved: (chatId: string) => boolean
  /** It was kept, and is no longer. */
  isTakenOff: (chatId: string) => boolean
  /** Whether it was kept, or refused and told. */
  save: (chat: Chat, isOn: boolean) => Promise<boolean>
}

export interface MarksPorts {
  live: Pick<Live, 'me' | 'on' | 'showChat'>
  react: (chat: Chat, emoji: string, isOn: boolean) => Promise<Chat>
  pin: (chat: Chat, isOn: boolean) => Promise<Chat>
  save: (chatId: string, isOn: boolean) => Promise<void>
  savedPage: (cursor?: string) => Promise<SavedPage>
  /** A change was refused. */
  refused: (error: unknown) => void
}

type Wishes = Readonly<Record<string, boolean>>

/** Whoever keeps more than this many pages of chats sees marks on the newest of them. */
const savedPagesMax = 20

export function createMarks(ports: MarksPorts): Marks {
  const { live, refused } = ports
  const wanted = createKeyed<Wishes>()
  const saved = createKeyed<boolean>()
  /** One at a time for each chat: what was set last has to arrive last. */
  const lines = new Map<string, Promise<void>>()
  let touched = new Set<string>()

  const reactions = (chat: Chat): readonly Reaction[] => {
    return Object.entries(wanted.get(chat.id) ?? {}).reduce<readonly Reaction[]>(
      (held, [emoji, isOn]) => withReaction(held, emoji, isOn, live.me().id),
      chat.reactions ?? [],
    )
  }

  const sendReaction = async (chat: Chat, emoji: string, isOn: boolean): Promise<void> => {
    // Thought better of meanwhile: the last wish says it all.
    if (wanted.get(chat.id)?.[emoji] !== isOn) return
    try {
      live.showChat(await ports.react(chat, emoji, isOn))
    } catch (error) {
      refused(error)
    }
    const { [emoji]: mine, ...others } = wanted.get(chat.id) ?? {}
    if (mine === isOn) wanted.set(chat.id, Object.keys(others).length > 0 ? others : undefined)
  }

  const loadSaved = async (): Promise<void> => {
    touched = new Set()
    const told = new Set<string>()
    let cursor: string | null = null
    try {
      for (let at = 0; at < savedPagesMax; at += 1) {
        // Each page names the next.
        // oxlint-disable-next-line no-await-in-loop
        const page: SavedPage = await ports.savedPage(cursor ?? undefined)
        for (const { chat } of page.saved) told.add(chat.id)
        cursor = page.nextCursor
        if (cursor === null) break
      }
    } catch {
      // Each new connection asks again.
      return
    }
    for (const id of new Set([...told, ...saved.keys()]))
      if (!touched.has(id)) saved.set(id, told.has(id))
  }
  const keepSaved = (id: string, isOn: boolean): void => {
    touched.add(id)
    saved.set(id, isOn)
  }

  live.on('synced', () => void loadSaved())
  live.on('saved', ({ chatId, saved: isOn }) => keepSaved(chatId, isOn))

  return {
    reactions,
    react(chat, emoji) {
      const isOn = !hasReacted(reactions(chat), emoji, live.me().id)
      wanted.set(chat.id, { ...wanted.get(chat.id), [emoji]: isOn })
      const before = lines.get(chat.id) ?? Promise.resolve()
      const mine = before.then(() => sendReaction(chat, emoji, isOn))
      lines.set(chat.id, mine)
      void mine.then(() => lines.get(chat.id) === mine && lines.delete(chat.id))
    },
    pin(chat, isOn) {
      ports.pin(chat, isOn).then(live.showChat, refused)
    },
    isSaved: (chatId) => saved.get(chatId) === true,
    isTakenOff: (chatId) => saved.get(chatId) === false,
    async save({ id }, isOn) {
      const before = saved.get(id) === true
      keepSaved(id, isOn)
      try {
        await ports.save(id, isOn)
        return true
      } catch (error) {
        keepSaved(id, before)
        refused(error)
        return false
      }
    },
  }
}
