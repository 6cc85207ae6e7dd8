import type { Chat } from '../../src/protocol/chats.ts'

/** What a screen reader says of a chat: its words, then what its files show or are called. */
export function spokenChat({ message, files = [], deletedAt }: Chat): string {
  if (deletedAt !== null) return ''
  return [message, ...files.map(({ alt, name }) => alt ?? name)]
    .filter((part) => part !== '')
    .join(', ')
}
