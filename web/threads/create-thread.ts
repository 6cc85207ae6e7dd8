import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { Preview } from '../../src/protocol/chats.ts'
import type { ThreadPage } from '../../src/protocol/threads.ts'
import { asApiError, type ApiError } from '../api-error.ts'
import type { Live, OutboxEntry } from '../live/index.ts'
import type { RepliesAt } from './thread-rest.ts'
import {
  openReplies,
  trimmed,
  withNewer,
  withNewest,
  withOlder,
  withThreadNews,
  type ThreadReplies,
} from './thread-replies.ts'

/** A window onto one thread. */
export interface OpenThread {
  /** Null until the first page is here. */
  replies: Accessor<ThreadReplies | null>
  /** What I had read when it was opened, if that was not all. */
  readBefore: Accessor<number | null>
  /** What waits for the server's database, and mine that is not among the replies yet. */
  previews: Accessor<readonly Preview[]>
  outgoing: Accessor<readonly OutboxEntry[]>
  busy: Accessor<'older' | 'newer' | null>
  error: Accessor<ApiError | null>
  /** Loads the end, or the page around a seq, unless it is there. */
  open: (at: 'end' | number) => Promise<void>
  loadMore: (side: 'older' | 'newer') => Promise<void>
}

export interface OpenThreadOf {
  live: Pick<Live, 'timeline' | 'learnUsers' | 'on' | 'onNews'>
  roomId: string
  threadId: string
  load: (at: RepliesAt) => Promise<ThreadPage>
  /** Each page tells of my place. */
  onPage: (page: ThreadPage) => void
}

/** Loads a thread and keeps it true, until its owner is disposed of. */
export function createThread({ live, roomId, threadId, load, onPage }: OpenThreadOf): OpenThread {
  const [replies, setReplies] = createSignal<ThreadReplies | null>(null)
  const [readBefore, setReadBefore] = createSignal<number | null>(null)
  const [busy, setBusy] = createSignal<'older' | 'newer' | null>(null)
  const [error, setError] = createSignal<ApiError | null>(null)
  /** Counts what opens, so that an answer to an older question is dropped. */
  let turn = 0
  let wanted: 'end' | number = 'end'
  /** Any row may have changed unheard. */
  let isStale = false
  const timeline = live.timeline(roomId)

  const fetchPage = async (at: RepliesAt): Promise<ThreadPage> => {
    const page = await load(at)
    live.learnUsers([page.chat, ...page.replies].map((chat) => chat.sender))
    onPage(page)
    return page
  }

  const open = async (at: 'end' | number): Promise<void> => {
    const held = replies()
    const isHere =
      held !== null &&
      (at === 'end'
        ? !held.hasAfter
        : at === held.root.seq
          ? !held.hasBefore
          : held.replies.some(({ seq }) => seq === at))
    if (isHere) return
    turn += 1
    const mine = turn
    wanted = at
    setError(null)
    try {
      const page = await fetchPage(at === 'end' ? 'newest' : { around: at })
      if (mine !== turn) return
      const { follows, readSeq } = page.place
      const isUnread = follows && (page.chat.thread?.lastSeq ?? 0) > readSeq
      if (held === null && isUnread) setReadBefore(readSeq)
      isStale = false
      setReplies(openReplies(page))
    } catch (caught) {
      if (mine === turn) setError(asApiError(caught))
    }
  }

  const loadMore = async (side: 'older' | 'newer'): Promise<void> => {
    const edge = side === 'older' ? replies()?.replies[0] : replies()?.replies.at(-1)
    if (!edge || busy()) return
    const mine = turn
    setError(null)
    setBusy(side)
    try {
      const page = await fetchPage(side === 'older' ? { before: edge.seq } : { after: edge.seq })
      if (mine !== turn) return
      setReplies((held) => held && (side === 'older' ? withOlder : withNewer)(held, page))
      // On its own: a list that grows and shrinks in one step can't tell its reader's place.
      queueMicrotask(() => setReplies((held) => held && trimmed(held, side)))
    } catch (caught) {
      if (mine === turn) setError(asApiError(caught))
    } finally {
      setBusy(null)
    }
  }

  /** The line was down: what was missed is in the newest page, or the list begins anew there. */
  const refresh = async (): Promise<void> => {
    if (replies() === null) return open(wanted)
    const mine = turn
    try {
      const page = await fetchPage('newest')
      if (mine !== turn) return
      setReplies((held) => held && withNewest(held, page, isStale))
      isStale = false
      setError(null)
    } catch {
      // The next connection asks again.
    }
  }

  live.on('joined', (frame) => {
    if (frame.roomId === roomId && frame.tooFar) isStale = true
  })
  live.on('synced', () => void refresh())
  live.onNews((news) => setReplies((held) => held && withThreadNews(held, news)))

  return {
    replies,
    readBefore,
    previews: () => timeline.previews().filter((preview) => preview.threadId === threadId),
    outgoing: createMemo(() => {
      const shown = new Set(replies()?.replies.map((chat) => chat.cid))
      return timeline
        .outgoing()
        .filter((entry) => entry.threadId === threadId && !shown.has(entry.cid))
    }),
    busy,
    error,
    open,
    loadMore,
  }
}
