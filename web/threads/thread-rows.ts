import { rowsOf, type Row, type RowsOf } from '../chats/rows.ts'
import type { ThreadReplies } from './thread-replies.ts'

/** A thread as the reader sees it: the chat that it hangs on, how many replies, and those that are loaded. */
export function threadRowsOf(
  { root, replies, hasBefore, hasAfter }: ThreadReplies,
  of: Pick<RowsOf, 'previews' | 'outgoing' | 'me' | 'newAfter'>,
): Row[] {
  const isOfIt = ({ threadId }: { threadId?: string | undefined }) => threadId === root.id
  const rows = rowsOf({
    ...of,
    chats: hasBefore ? replies : [root, ...replies],
    previews: of.previews.filter(isOfIt),
    outgoing: of.outgoing.filter(isOfIt),
    hasEnd: !hasAfter,
    shows: () => true,
  })
  // The first reply stands apart from the chat above it, whoever said both.
  return rows.map((row, at) =>
    at === 1 && !hasBefore
      ? { ...row, isGrouped: false, repliesBelow: Math.max(root.thread?.count ?? 0, 1) }
      : row,
  )
}
