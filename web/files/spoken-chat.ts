import type { Chat } from '../../src/protocol/chats.ts'

/** All of a chat in one line, for a screen reader and where it is taken down: its words, then what its files show or are called. */
export function spokenChat({ message, files = [], deletedAt }: Chat): string {
  if (deletedAt !== null) return ''
  return [message, ...files.map(({ alt, name }) => alt ?? name)]
    .filter((part) => part !== '')
    .join(', ')
}
