import { batch, createSignal, untrack } from 'solid-js'
import {
  applyPreviews,
  confirmPreviews,
  noPreviews,
  shownPreviews,
  type PreviewFrame,
  type Previews,
} from '../../src/client/previews.ts'
import {
  applyFrame,
  mergePage,
  openView,
  type Applied,
  type RoomFrame,
  type RoomView,
} from '../../src/client/room-view.ts'
import type { Chat, HistoryPage } from '../../src/protocol/chats.ts'
import { asApiError, type ApiError } from '../api-error.ts'
import { closedView, isHeld, nearReader, shownRun } from './history-window.ts'
import type { OutboxEntry, Timeline } from './types.ts'

export type HistoryAt =
  | { before: number }
  | { after: number }
  | { around: number }
  | { newest: true }

export interface TimelineOptions {
  roomId: string
  head: number
  lastSeq: number
  loadPage: (at: HistoryAt) => Promise<HistoryPage>
  outgoing: () => readonly OutboxEntry[]
}

/** A room's timeline, with what the live store tells it. */
export interface LiveTimeline extends Timeline {
  /** Every change up to this rev was seen. */
  head: () => number
  lastSeq: () => number
  /** Takes a frame of the room; `hole` asks for a `join_room` after `head`. */
  apply: (frame: RoomFrame) => Applied
  applyPreviews: (frame: PreviewFrame) => void
  /** The line is gone, and with it all previews (PV3). */
  lost: () => void
  /** A row that a REST answer told of: shown at once, ahead of its frame. */
  put: (chat: Chat) => void
  /** The line is back: asks again for what could not be loaded. */
  resume: () => void
}

export function createTimeline(options: TimelineOptions): LiveTimeline {
  const { roomId, loadPage } = options
  // Frames and pages change the view, readers see only the run of it that they look at.
  let view: RoomView = openView({ roomId, head: options.head, lastSeq: options.lastSeq })
  let anchor: number | 'end' = 'end'
  let readerSeq = 0
  let isOpen = false
  /** What is shown is of before a jump too far to heal; new rows are on their way. */
  let isStale = false
  let underWay = 0
  /** Counts what opens and reloads, so that the answer to an older one is dropped. */
  let turn = 0
  /** What the last load was for. */
  let wanted: 'end' | number = 'end'

  const [chats, setChats] = createSignal<readonly Chat[]>([])
  const [previews, setPreviews] = createSignal<Previews>(noPreviews)
  const [lastSeq, setLastSeq] = createSignal(view.lastSeq)
  const [state, setState] = createSignal<'empty' | 'loading' | 'ready' | 'error'>('empty')
  const [error, setError] = createSignal<ApiError | null>(null)
  const [busy, setBusy] = createSignal<'older' | 'newer' | null>(null)

  /** `told`: chats that came just now. They and the previews that they confirm change places at once. */
  const show = (next: RoomView, told: readonly Chat[] = []): void => {
    view = next
    batch(() => {
      setLastSeq(view.lastSeq)
      setPreviews((held) => confirmPreviews(held, told))
      if (isStale) return
      const run = untrack(state) === 'ready' ? shownRun(view, anchor) : []
      setRun(run)
    })
    // On its own: a list that grows at one end and shrinks at the other in one step can't tell its
    // reader's place.
    if (untrack(chats).length > 0) queueMicrotask(letGo)
  }

  const setRun = (run: readonly Chat[]): void => {
    // Rows outside of the run matter only to pages that are still under way.
    if (underWay === 0 && run.length !== view.chats.length) view = { ...view, chats: run }
    if (anchor !== 'end' || run.at(-1)?.seq !== view.lastSeq) anchor = run.at(-1)?.seq ?? 'end'
    setChats(run)
  }

  const letGo = (): void => {
    const run = untrack(chats)
    const near = nearReader(run, readerSeq)
    if (near !== run && underWay === 0 && !isStale) setRun(near)
  }

  const fetchPage = async (at: HistoryAt): Promise<HistoryPage> => {
    underWay += 1
    try {
      return await loadPage(at)
    } finally {
      underWay -= 1
    }
  }

  const load = async (at: 'end' | number): Promise<void> => {
    const mine = ++turn
    wanted = at
    setError(null)
    if (chats().length === 0) setState('loading')
    try {
      const page = await fetchPage(at === 'end' ? { newest: true } : { around: at })
      if (mine !== turn) return
      const end = page.chats.at(-1)?.seq ?? 0
      const merged = mergePage(view, page.chats)
      isStale = false
      anchor = at === 'end' ? 'end' : nearest(page.chats, at)
      readerSeq = at === 'end' ? end : at
      batch(() => {
        setState('ready')
        // The page may be ahead of the live frames, and then it tells where the end is.
        const last = page.hasAfter ? merged.lastSeq : Math.max(merged.lastSeq, end)
        show({ ...merged, lastSeq: last }, page.chats)
      })
    } catch (caught) {
      if (mine !== turn) return
      setError(asApiError(caught))
      if (chats().length === 0) setState('error')
    }
  }

  const more = async (side: 'older' | 'newer'): Promise<void> => {
    const edge = side === 'older' ? chats()[0] : chats().at(-1)
    if (!edge || busy() || isStale) return
    const mine = turn
    setError(null)
    setBusy(side)
    try {
      const page = await fetchPage(side === 'older' ? { before: edge.seq } : { after: edge.seq })
      if (mine === turn) batch(() => (setBusy(null), show(mergePage(view, page.chats), page.chats)))
    } catch (caught) {
      setError(asApiError(caught))
    } finally {
      setBusy(null)
    }
  }

  return {
    roomId,
    chats,
    // They stand behind the chats, so not before there are any to stand behind.
    previews: () => (state() === 'ready' ? shownPreviews(previews()) : []),
    state,
    error,
    busy,
    outgoing: () => {
      const entries = options.outgoing()
      if (entries.length === 0) return entries
      const shown = new Set(chats().map((chat) => chat.cid))
      return entries.filter((entry) => !shown.has(entry.cid))
    },
    hasBefore: () => (chats()[0]?.seq ?? 1) > 1,
    hasAfter: () => (chats().at(-1)?.seq ?? lastSeq()) < lastSeq(),

    async open(at) {
      isOpen = true
      if (!isStale && state() === 'ready' && isHeld(view, at)) {
        turn += 1
        anchor = at
        show(view)
      } else {
        await load(at)
      }
    },
    loadOlder: () => more('older'),
    loadNewer: () => more('newer'),
    keepAround(seq) {
      readerSeq = seq
    },
    close() {
      isOpen = false
      turn += 1
      const rest = closedView(view)
      anchor = 'end'
      setState(rest.chats.length > 0 && !isStale ? 'ready' : 'empty')
      show(rest)
    },

    head: () => view.head,
    lastSeq: () => view.lastSeq,
    apply(frame) {
      const applied = applyFrame(view, frame)
      if (applied.tooFar && frame.type === 'joined') {
        // Any row may have changed: the old ones stay in sight until the new ones are here.
        isStale = true
        const wasAtEnd = readerSeq >= view.lastSeq
        view = openView(frame)
        setLastSeq(view.lastSeq)
        // What became of them may be among what was missed.
        setPreviews(noPreviews)
        if (isOpen) void load(wasAtEnd ? 'end' : readerSeq)
        else forget()
      } else if (applied.view !== view) {
        show(
          applied.view,
          applied.news.map(({ chat }) => chat),
        )
      }
      return applied
    },
    applyPreviews: (frame) => void setPreviews((held) => applyPreviews(held, frame, view.chats)),
    lost: () => void setPreviews(noPreviews),
    put: (chat) => show(mergePage(view, [chat])),
    resume() {
      if (isOpen && (isStale || state() === 'error')) void load(wanted)
      else setError(null)
    },
  }

  function forget(): void {
    isStale = false
    anchor = 'end'
    batch(() => {
      setState('empty')
      setChats([])
    })
  }
}

/** The chat at `seq` or, past the end, the last one. */
const nearest = (page: readonly Chat[], seq: number): number | 'end' =>
  (page.find((chat) => chat.seq >= seq) ?? page.at(-1))?.seq ?? 'end'
