import type { RoomNews } from '../../src/client/room-view.ts'
import type { Chat } from '../../src/protocol/chats.ts'
import type { ThreadPage } from '../../src/protocol/threads.ts'

/** The loaded part of a thread: one run of its replies, each the newest rev that was seen of it. */
export interface ThreadReplies {
  root: Chat
  /** By seq, oldest first. */
  replies: readonly Chat[]
  hasBefore: boolean
  hasAfter: boolean
}

/** A run this long is cut back to `kept` on the side that the reader left. */
const runMax = 500
const kept = 300

type Page = Pick<ThreadPage, 'chat' | 'replies' | 'hasBefore' | 'hasAfter'>

export const openReplies = ({ chat, replies, hasBefore, hasAfter }: Page): ThreadReplies => ({
  root: chat,
  replies,
  hasBefore,
  hasAfter,
})

export const withOlder = (held: ThreadReplies, page: Page): ThreadReplies => ({
  ...held,
  root: newer(held.root, page.chat),
  replies: merged(held.replies, page.replies),
  hasBefore: page.hasBefore,
})

export const withNewer = (held: ThreadReplies, page: Page): ThreadReplies => ({
  ...held,
  root: newer(held.root, page.chat),
  replies: merged(held.replies, page.replies),
  hasAfter: page.hasAfter,
})

/**
 * The newest page, after the line was down. What joins on is taken in; past a gap the older part is let
 * go. A reader further up keeps their place, and only learns what changed there. `isStale`: any row may
 * have changed unheard, so nothing of before stays.
 */
export function withNewest(held: ThreadReplies, page: Page, isStale: boolean): ThreadReplies {
  const root = newer(held.root, page.chat)
  const first = page.replies[0]?.seq ?? 0
  const last = held.replies.at(-1)?.seq ?? 0
  if (isStale) return { ...openReplies(page), root }
  if (held.hasAfter) {
    const inside = page.replies.filter(({ seq }) => seq <= last)
    return { ...held, root, replies: merged(held.replies, inside) }
  }
  if (page.hasBefore && first > last) return { ...openReplies(page), root }
  return { ...held, root, replies: merged(held.replies, page.replies), hasAfter: false }
}

/** The same object when the news is of something else. */
export function withThreadNews(held: ThreadReplies, { type, chat }: RoomNews): ThreadReplies {
  if (chat.id === held.root.id) {
    const root = newer(held.root, chat)
    return root === held.root ? held : { ...held, root }
  }
  if (chat.threadId !== held.root.id) return held
  const isHeld = held.replies.some(({ seq }) => seq === chat.seq)
  // Behind what is loaded it comes with the pages that lead there.
  if (!isHeld && (type === 'updated' || held.hasAfter)) return held
  const replies = merged(held.replies, [chat])
  return replies === held.replies ? held : { ...held, replies }
}

/** A long run cut back around a reader who went to its `side`; the same object when it is short. */
export function trimmed(held: ThreadReplies, side: 'older' | 'newer'): ThreadReplies {
  if (held.replies.length <= runMax) return held
  return side === 'older'
    ? { ...held, replies: held.replies.slice(0, kept), hasAfter: true }
    : { ...held, replies: held.replies.slice(-kept), hasBefore: true }
}

const newer = (held: Chat, told: Chat): Chat => (told.rev > held.rev ? told : held)

function merged(held: readonly Chat[], rows: readonly Chat[]): readonly Chat[] {
  const bySeq = new Map(held.map((chat) => [chat.seq, chat]))
  let isChanged = false
  for (const row of rows) {
    const there = bySeq.get(row.seq)
    if (there && there.rev >= row.rev) continue
    bySeq.set(row.seq, row)
    isChanged = true
  }
  return isChanged ? [...bySeq.values()].sort((a, b) => a.seq - b.seq) : held
}
