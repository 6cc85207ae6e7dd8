import type { Chat } from '../../src/protocol/chats.ts'

/** As many as tell whether it is worth opening. */
export const linesMax = 4

/** The first of what is new, and whether there is more. */
export interface Lines {
  chats: readonly Chat[]
  hasMore: boolean
}

/** Of what came, what others said and still stands. */
export function firstOf(chats: readonly Chat[], hasAfter: boolean, meId: string): Lines {
  const words = chats.filter(
    ({ kind, deletedAt, sender }) => kind === 'text' && deletedAt === null && sender.id !== meId,
  )
  return { chats: words.slice(0, linesMax), hasMore: hasAfter || words.length > linesMax }
}
