import type { Chat } from '../../src/protocol/chats.ts'
import type { MyRoom } from '../../src/protocol/rooms.ts'
import { t } from '../i18n/t.ts'
import { roomTitle } from '../rooms/room-state.ts'
import type { Reason } from './reason.ts'

/** The system cuts what is longer, each in its own place. */
const mostChars = 180

/** A chat's words without the marks of markdown, in one line; they are read, not rendered. */
export function plainWords(message: string): string {
  const words = message
    .replace(/```[^\n]*\n?/g, ' ')
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/^\s*(?:>|#{1,6}\s|[-*+]\s(?:\[[ x]\]\s)?)\s*/gim, '')
    .replace(/(\*\*|~~|`)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/\s+/g, ' ')
    .trim()
  const letters = Array.from(words)
  return letters.length > mostChars ? `${letters.slice(0, mostChars).join('').trimEnd()}…` : words
}

/** What a notification says: who and where above, their words below, unless those are to stay hidden. */
export function noticeOf(of: { chat: Chat; room: MyRoom; reason: Reason; hidesText: boolean }): {
  title: string
  body: string
} {
  const { chat, room, reason } = of
  const isAlone = room.kind === 'direct' && room.people.length === 1
  const names = { name: chat.sender.name, room: roomTitle(room) }
  const title =
    reason === 'thread' && !isAlone
      ? t('notify.inThread', names)
      : isAlone
        ? names.name
        : t('notify.inRoom', names)
  const files = chat.files?.length ?? 0
  const words = plainWords(chat.message)
  if (of.hidesText) return { title, body: t('notify.hidden') }
  return { title, body: words === '' && files > 0 ? t('notify.files', { count: files }) : words }
}
