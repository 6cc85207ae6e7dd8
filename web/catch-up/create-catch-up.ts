import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { MyThread } from '../../src/protocol/threads.ts'
import { asApiError } from '../api.ts'
import { errorText } from '../error-text.ts'
import { useLive } from '../live/index.ts'
import { useUserSettings } from '../settings/user-settings.ts'
import { arrange } from '../shell/arrangement.ts'
import { fetchThreads } from '../threads/thread-rest.ts'
import { useThreads } from '../threads/threads-context.tsx'
import { toasts } from '../toasts.ts'
import { isDone, keptItems, waitingItems, type Done, type Item } from './items.ts'

export interface CatchUp {
  items: Accessor<readonly Item[]>
  /** By key; for a row that outlives the item it shows. */
  item: (key: string) => Item | undefined
  isDone: (item: Item) => boolean
  /** How many still wait. */
  left: Accessor<number>
  done: Accessor<Done>
  markDone: (item: Item) => void
  undo: (item: Item) => void
  /** My rooms or threads are not here yet. */
  isLoading: Accessor<boolean>
}

/** What waits for me, as one list that keeps its order while I walk through it. */
export function createCatchUp(): CatchUp {
  const live = useLive()
  const threads = useThreads()
  const { settings } = useUserSettings()
  const [done, setDone] = createSignal<Done>(new Map())
  // No resource: the page's own Suspense would put a skeleton in the place of all of it at each question.
  const [told, setTold] = createSignal<readonly MyThread[]>()
  const askThreads = async (): Promise<void> => {
    try {
      const page = await fetchThreads({ unread: 'true' })
      threads.learn(page.threads)
      setTold(page.threads)
    } catch {
      // Rooms are here without it; a new reply or connection asks again.
      setTold((held) => held ?? [])
    }
  }
  createEffect(on(threads.unreadCount, () => void askThreads()))
  const waitingThreads = createMemo(() =>
    (told() ?? []).flatMap(({ chat: root }) => {
      const mark = threads.mark(root.id)
      const room = live.room(root.roomId)
      if (!mark || !threads.isUnread(root.id) || !room || room.preferences.muted) return []
      return { root, readSeq: mark.readSeq, lastSeq: mark.lastSeq }
    }),
  )
  const rooms = createMemo(() => arrange(live.rooms(), settings()).flatMap((part) => part.rooms))
  const isLoading = () => !live.ready() || told() === undefined
  // Not before both are here: what comes later stands behind what is there.
  const waiting = () => (isLoading() ? [] : waitingItems(rooms(), waitingThreads()))
  const items = createMemo<readonly Item[]>((held) => keptItems(held, waiting(), done()), [])
  const byKey = createMemo(() => new Map(items().map((item) => [item.key, item])))

  const put = (key: string, seq: number | null): void => {
    setDone((held) => {
      const next = new Map(held)
      if (seq === null) next.delete(key)
      else next.set(key, seq)
      return next
    })
  }
  /** A thread can't be made unread again: the server hears of it when it is too late to undo. */
  const tellThreads = (): void => {
    for (const item of items())
      if (item.root && isDone(item, done())) threads.read(item.root.id, item.lastSeq)
  }
  addEventListener('pagehide', tellThreads)
  onCleanup(() => {
    removeEventListener('pagehide', tellThreads)
    tellThreads()
  })

  return {
    items,
    item: (key) => byKey().get(key),
    done,
    isDone: (item) => isDone(item, done()),
    left: () => items().filter((item) => !isDone(item, done())).length,
    markDone: (item) => {
      put(item.key, item.lastSeq)
      if (!item.root) live.markRead(item.roomId)
    },
    undo: (item) => {
      put(item.key, null)
      if (item.root) return
      live.markUnread(item.roomId, item.readSeq + 1).catch((caught: unknown) => {
        toasts.show(errorText(asApiError(caught)), { kind: 'failed' })
      })
    },
    isLoading,
  }
}
