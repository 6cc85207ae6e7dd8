import type { RoomNews } from '../../src/client/room-view.ts'
import { isInMainLine } from '../../src/protocol/main-line.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import type { UserSettings } from '../../src/protocol/settings.ts'
import { levelOf } from './level.ts'

/** Why a chat is worth telling. */
export type Reason = 'mention' | 'thread' | 'direct' | 'message'

export interface NewsOf {
  news: RoomNews
  room: MyRoom
  meId: string
  settings: Pick<UserSettings, 'notify'>
  /** Whether I follow the thread that the chat replies in. */
  followsThread: boolean
}

/**
 * Whether news of a room is told as a notification, and why; null when not. New words of others
 * alone are: what calls me and replies in threads that I follow from `mentions` on, everything in the
 * room from `all` on. A change of a chat never is, nor is anything of a muted room.
 */
export function reasonToTell({ news, room, meId, settings, followsThread }: NewsOf): Reason | null {
  const { type, chat } = news
  const isWord = type === 'chat' && chat.kind === 'text' && chat.deletedAt === null
  if (!isWord || chat.sender.id === meId || room.archivedAt !== null) return null
  const level = levelOf(room, settings)
  if (level === 'none') return null
  if (chat.mentions.includes(meId) || chat.everyone !== undefined) return 'mention'
  if (chat.threadId !== undefined && followsThread) return 'thread'
  if (level === 'mentions' || !isInMainLine(chat)) return null
  return room.kind === 'direct' ? 'direct' : 'message'
}
