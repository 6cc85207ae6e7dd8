import type { Chat } from '../../src/protocol/chats.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import type { Anchor } from '../ui/floating.tsx'

/** Which chat an emoji is being picked for, and beside what. */
export interface Picking {
  chatId: string
  anchor: Anchor
}

/** What can be done with a chat, by toolbar, menu, long press and key alike. */
export interface ChatActions {
  mayEdit: (chat: Chat) => boolean
  mayDelete: (chat: Chat) => boolean
  /** Answer, react and pin. */
  mayAnswer: (chat: Chat) => boolean
  isSaved: (chat: Chat) => boolean
  edit: (chat: Chat) => void
  /** Asks first. */
  remove: (chat: Chat) => void
  copyText: (chat: Chat) => void
  copyLink: (chat: Chat) => void
  reply: (chat: Chat) => void
  /** Null in a thread: there is no thread in it. */
  openThread: ((chat: Chat) => void) | null
  /** Sets my reaction or takes it off. */
  react: (chat: Chat, emoji: string) => void
  picking: () => Picking | null
  /** Opens the picker, or closes it with null. */
  pick: (picking: Picking | null) => void
  /** Pins, or takes the pin off. */
  pin: (chat: Chat) => void
  /** Keeps it for later, or no longer. */
  save: (chat: Chat) => void
  /** Null in a thread: reading one only moves forward. */
  markUnread: ((chat: Chat) => void) | null
  showEdits: (chat: Chat) => void
  /** The reader follows a quote to the chat at `seq`. */
  jump: (seq: number) => void
}

const isSaid = (chat: Chat, room: MyRoom): boolean =>
  chat.kind === 'text' && chat.deletedAt === null && room.archivedAt === null

export const mayAnswer = isSaid

/** Nobody puts words into another's mouth. */
export const mayEdit = (chat: Chat, room: MyRoom, meId: string): boolean =>
  isSaid(chat, room) && chat.sender.id === meId

/** Owners and admins of the room may take others' words down. */
export const mayDelete = (chat: Chat, room: MyRoom, meId: string): boolean =>
  isSaid(chat, room) && (chat.sender.id === meId || room.role !== 'member')

/** The action of a key on a focused chat; `row` is what a picker opens beside. */
export function actionOfKey(
  key: string,
  chat: Chat,
  actions: ChatActions,
  row: Anchor,
): (() => void) | null {
  if (chat.kind !== 'text') return null
  const { openThread, markUnread } = actions
  // A deleted chat may still have a thread to read.
  if (key === 't' && openThread && (chat.deletedAt === null || chat.thread))
    return () => openThread(chat)
  if (chat.deletedAt !== null) return null
  switch (key) {
    case 'e':
      return actions.mayEdit(chat) ? () => actions.edit(chat) : null
    case 'Delete':
      return actions.mayDelete(chat) ? () => actions.remove(chat) : null
    case 'r':
      return actions.mayAnswer(chat) ? () => actions.reply(chat) : null
    case '+':
      return actions.mayAnswer(chat) ? () => actions.pick({ chatId: chat.id, anchor: row }) : null
    case 'p':
      return actions.mayAnswer(chat) ? () => actions.pin(chat) : null
    case 's':
      return () => actions.save(chat)
    case 'u':
      return markUnread ? () => markUnread(chat) : null
    case 'c':
      return () => actions.copyLink(chat)
    default:
      return null
  }
}
