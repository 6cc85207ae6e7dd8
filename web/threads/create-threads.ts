import { batch, createMemo, onCleanup, type Accessor } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { MyThread, ThreadPlace, ThreadPlaces } from '../../src/protocol/threads.ts'
import type { Live } from '../live/index.ts'
import {
  isUnreadMark,
  markAfter,
  markOf,
  placedMark,
  threadOf,
  toldMark,
  type ThreadMark,
  type ThreadMarks,
} from './thread-marks.ts'

export interface Threads {
  /** Unread threads that I follow, in rooms that are not muted. */
  unreadCount: Accessor<number>
  /** My place in a thread, as far as it is known. */
  mark: (threadId: string) => ThreadMark | undefined
  isUnread: (threadId: string) => boolean
  /** What an answer told of a thread. */
  learn: (threads: readonly MyThread[]) => void
  /** Follows, or no longer. @throws ApiError */
  follow: (roomId: string, threadId: string, follows: boolean) => Promise<void>
  /** I have read up to `seq`; told to the server, coalesced. */
  read: (threadId: string, seq: number) => void
}

export interface ThreadsPorts {
  live: Pick<Live, 'me' | 'room' | 'on' | 'onNews'>
  /** Of the threads that I follow. */
  places: () => Promise<ThreadPlaces>
  /** A thread, for my place in it. */
  place: (roomId: string, threadId: string) => Promise<MyThread>
  follow: (roomId: string, threadId: string, follows: boolean) => Promise<ThreadPlace>
  read: (roomId: string, threadId: string, seq: number) => Promise<ThreadPlace>
}

const tellMs = 250

/** My threads: which I follow and which are unread, by the rules of TH3 and by what the server says. */
export function createThreads({ live, places, place, follow, read }: ThreadsPorts): Threads {
  const [marks, setMarks] = createStore<Record<string, ThreadMark | undefined>>({})
  const all: ThreadMarks = marks
  /** Each thread that I follow is known: of others only news can make me follow. */
  let isWhole = false
  /** What changed since the list was asked for: its silence about them means nothing. */
  let touched = new Set<string>()
  const asked = new Set<string>()
  const reading = new Map<string, { roomId: string; seq: number }>()
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  const put = (mark: ThreadMark): void => {
    touched.add(mark.threadId)
    setMarks(mark.threadId, mark)
  }
  const take = (told: readonly ThreadMark[]): void => {
    for (const mark of told)
      setMarks(mark.threadId, (held: ThreadMark | undefined) => toldMark(held, mark))
  }
  const learn = (threads: readonly MyThread[]): void => batch(() => take(threads.map(markOf)))

  const load = async (): Promise<void> => {
    touched = new Set()
    try {
      const told = await places()
      isWhole = told.isWhole
      // In one go: what counts them all would otherwise do so for each.
      batch(() => {
        take(told.places)
        if (isWhole) forgetOthers(new Set(told.places.map(({ threadId }) => threadId)))
      })
    } catch {
      // Each new connection asks again, and the banner tells that there is none.
    }
  }
  /** Unfollowed elsewhere while the line was down. */
  const forgetOthers = (told: ReadonlySet<string>): void => {
    for (const [id, mark] of Object.entries(all))
      if (mark?.follows && !told.has(id) && !touched.has(id)) setMarks(id, undefined)
  }

  /** Whether I follow an old thread that no list told of. */
  const ask = async (roomId: string, threadId: string): Promise<void> => {
    if (asked.has(threadId)) return
    asked.add(threadId)
    try {
      learn([await place(roomId, threadId)])
    } catch {
      asked.delete(threadId)
    }
  }

  const tell = (): void => {
    timer = undefined
    for (const [threadId, { roomId, seq }] of reading) {
      reading.delete(threadId)
      read(roomId, threadId, seq).catch(() => {
        // It waits for the line, unless the thread was read further meanwhile.
        if (!reading.has(threadId)) reading.set(threadId, { roomId, seq })
      })
    }
  }

  live.on('synced', () => {
    void load()
    tell()
  })
  live.on('thread_place', ({ place: told }) => put(placedMark(all[told.threadId], told)))
  live.onNews(({ type, chat }) => {
    const threadId = threadOf(chat)
    if (threadId === null) return
    const next = markAfter(all[threadId], chat, type === 'chat', live.me().id)
    if (next) put(next)
    else if (!isWhole && type === 'chat') void ask(chat.roomId, threadId)
  })

  return {
    unreadCount: createMemo(
      () =>
        Object.values(all).filter((mark) => {
          const room = mark && isUnreadMark(mark) ? live.room(mark.roomId) : undefined
          return room !== undefined && !room.preferences.muted
        }).length,
    ),
    mark: (threadId) => all[threadId],
    isUnread: (threadId) => isUnreadMark(all[threadId]),
    learn,
    follow: async (roomId, threadId, follows) => {
      put(placedMark(all[threadId], await follow(roomId, threadId, follows)))
    },
    read(threadId, seq) {
      const mark = all[threadId]
      if (!mark?.follows || seq <= mark.readSeq) return
      put({ ...mark, readSeq: seq })
      reading.set(threadId, { roomId: mark.roomId, seq })
      timer ??= setTimeout(tell, tellMs)
    },
  }
}
