import type { MyThread, ThreadsPage } from '../../src/protocol/threads.ts'

/** A thread in the list, and whether it was unread when the list was made: it stays in its place then. */
export interface ListedThread extends MyThread {
  wasUnread: boolean
}

type Ask = (query: { cursor?: string; unread?: 'true' }) => Promise<ThreadsPage>

const everything = 'all '

/** Pages of my threads, unread ones first: the list of those to its end, then the list of all. */
export const threadPages =
  (ask: Ask) =>
  async (cursor: string | null): Promise<{ items: ListedThread[]; nextCursor: string | null }> => {
    const wasUnread = cursor === null || !cursor.startsWith(everything)
    const after = wasUnread ? cursor : cursor.slice(everything.length) || null
    const page = await ask({
      ...(after !== null && { cursor: after }),
      ...(wasUnread && { unread: 'true' as const }),
    })
    const items = page.threads.map((thread) => ({ ...thread, wasUnread }))
    if (wasUnread) return { items, nextCursor: page.nextCursor ?? everything }
    return { items, nextCursor: page.nextCursor && everything + page.nextCursor }
  }
