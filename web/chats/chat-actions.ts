import type { Chat } from '../../src/protocol/chats.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'

/** What can be done with a chat, by toolbar, long press and key alike. */
export interface ChatActions {
  mayEdit: (chat: Chat) => boolean
  mayDelete: (chat: Chat) => boolean
  edit: (chat: Chat) => void
  /** Asks first. */
  remove: (chat: Chat) => void
  copyText: (chat: Chat) => void
  copyLink: (chat: Chat) => void
}

const isSaid = (chat: Chat, room: MyRoom): boolean =>
  chat.kind === 'text' && chat.deletedAt === null && room.archivedAt === null

/** Nobody puts words into another's mouth. */
export const mayEdit = (chat: Chat, room: MyRoom, meId: string): boolean =>
  isSaid(chat, room) && chat.sender.id === meId

/** Owners and admins of the room may take others' words down. */
export const mayDelete = (chat: Chat, room: MyRoom, meId: string): boolean =>
  isSaid(chat, room) && (chat.sender.id === meId || room.role !== 'member')

/** The action of a key on a focused chat. */
export function actionOfKey(key: string, chat: Chat, actions: ChatActions): (() => void) | null {
  if (chat.kind !== 'text' || chat.deletedAt !== null) return null
  if (key === 'e' && actions.mayEdit(chat)) return () => actions.edit(chat)
  if (key === 'Delete' && actions.mayDelete(chat)) return () => actions.remove(chat)
  if (key === 'c') return () => actions.copyLink(chat)
  return null
}
