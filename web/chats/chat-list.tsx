import {
  createEffect,
  createMemo,
  createSignal,
  on,
  onCleanup,
  onMount,
  Show,
  untrack,
} from 'solid-js'
import { Virtualizer, type VirtualizerHandle } from 'virtua/solid'
import { actionOfKey } from './chat-actions.ts'
import type { ChatListProps } from './chat-list-props.ts'
import { ChatRow } from './chat-row.tsx'
import { DayPill } from './day-pill.tsx'
import type { Goal } from './goal.ts'
import type { Place } from './places.ts'
import { makeRowSizes } from './row-sizes.ts'
import { seqUpTo, type Row } from './rows.ts'
import { followsEnd, isAtEnd, sideToLoad, type ScrollPlace } from './scroll.ts'

const flashMs = 1_600
/** The virtual list goes on measuring its way to a row by its index, which no page may change. */
const settleMs = 300
/** Within this a turn of the wheel has moved the view, if it can move at all. */
const leaveMs = 250
/** How long a wheel or a finger moves the view after its last event. */
const handMs = 1_000
/** Room above the New line for the pills and for what was read last. */
const newLineTopPx = 96
/** Rows beyond what is seen. They are made once the first sight of a room is painted. */
const bufferPx = 400
const sizes = makeRowSizes<VirtualizerHandle['cache']>(100)

/** The virtual list: finds its first place, stays where the reader is, follows the end. */
export function ChatList(props: ChatListProps) {
  let scroller: HTMLDivElement | undefined
  let handle: VirtualizerHandle | undefined
  let isFollowing = false
  let before = { offset: 0, size: 0 }
  let movedAtMs = -Infinity
  let sentAtMs = -Infinity
  let leftAtMs = -Infinity
  const moved = () => (movedAtMs = performance.now())
  /** The wheel turns up, and the view has not followed it yet: what grows meanwhile must not take it back. */
  const isLeaving = (): boolean => performance.now() - leftAtMs < leaveMs
  const isReaderMoving = (): boolean => performance.now() - movedAtMs < handMs
  const [isPlaced, setPlaced] = createSignal(false)
  const [activeKey, setActiveKey] = createSignal<string | null>(null)
  const [flashing, setFlashing] = createSignal<string | null>(null)
  const [topAt, setTopAt] = createSignal<number | null>(null)
  let flashTimer: ReturnType<typeof setTimeout> | undefined
  let pinTimer: ReturnType<typeof setTimeout> | undefined
  let settling: ReturnType<typeof setTimeout> | undefined
  let growing = 0
  onCleanup(() => {
    clearTimeout(flashTimer)
    clearTimeout(settling)
    clearTimeout(pinTimer)
    cancelAnimationFrame(growing)
  })

  const known = sizes.find(props.list.keys)
  const last = () => props.list.rows.length - 1
  const activeAt = createMemo(() => props.list.at.get(activeKey() ?? '') ?? last())
  const place = (): ScrollPlace => ({
    offset: handle?.scrollOffset ?? 0,
    viewport: handle?.viewportSize ?? 0,
    size: handle?.scrollSize ?? 0,
  })

  const look = (): void => {
    if (!handle || !isPlaced()) return
    const now = place()
    // The end of what is loaded is not the end: more of it comes there, and is not followed.
    isFollowing = !props.hasAfter && followsEnd(isFollowing, before, now, isReaderMoving())
    before = now
    // The list goes on measuring its way to where it was sent: the reader's hand comes before that.
    if (settling !== undefined && !isFollowing && movedAtMs > sentAtMs) stopSettling()
    const top = handle.findItemIndex(now.offset)
    const topSeq = seqAt(top)
    props.onLook({
      top:
        topSeq === null ? null : { seq: topSeq, offsetPx: now.offset - handle.getItemOffset(top) },
      bottomSeq: seqUpTo(props.list.rows, handle.findItemIndex(now.offset + now.viewport)),
      isAtEnd: isAtEnd(now),
    })
    setTopAt(now.offset > 0 ? handle.findItemIndex(now.offset + 8) : null)
    load()
  }
  const seqAt = (at: number): number | null => props.list.rows[at]?.chat?.seq ?? null
  const load = (): void => {
    if (settling !== undefined || props.isBusy || props.hasFailed) return
    const side = sideToLoad(place(), { before: props.hasBefore, after: props.hasAfter })
    if (side) props.onLoad(side)
  }
  const toEndOfRows = (): void => handle?.scrollToIndex(last(), { align: 'end' })
  const follow = (): void => {
    if (isFollowing && !isLeaving()) toEndOfRows()
  }
  const grown = (): void => {
    follow()
    look()
  }
  const wheeled = ({ deltaY }: WheelEvent): void => {
    moved()
    if (deltaY >= 0) return
    leftAtMs = performance.now()
    isFollowing = false
    // Sent to the end, the list goes there only when it has measured its way.
    stopSettling()
  }
  const stopSettling = (): void => {
    clearTimeout(settling)
    settling = undefined
    handle?.stopScroll()
  }

  /** The virtual list tells of new sizes before the document has them: the end is further down then. */
  const resized = (): void => {
    grown()
    cancelAnimationFrame(growing)
    growing = requestAnimationFrame(grown)
  }

  const toEnd = (): void => {
    isFollowing = true
    toEndOfRows()
  }
  const toSeq = (seq: number): void => {
    const at = indexOf(seq)
    const row = props.list.rows[at]
    if (!row) return toEnd()
    isFollowing = false
    handle?.scrollToIndex(at, { align: 'center' })
    setActiveKey(row.key)
    setFlashing(row.key)
    clearTimeout(flashTimer)
    flashTimer = setTimeout(() => setFlashing(null), flashMs)
  }
  /** Of the chat at `seq` or, where that is not here, of the next; -1 past the end. */
  const indexOf = (seq: number): number =>
    props.list.rows.findIndex((row) => (row.chat?.seq ?? 0) >= seq)
  const toNew = (): void => {
    const at = props.list.rows.findIndex((row) => row.isFirstNew)
    if (at < 0) return toEnd()
    isFollowing = false
    setActiveKey(props.list.keys[at] ?? null)
    handle?.scrollToIndex(at, { align: 'start', offset: -newLineTopPx })
  }
  const toPlace = ({ seq, offsetPx }: Place): void => {
    const at = indexOf(seq)
    if (at < 0) return toEnd()
    isFollowing = false
    handle?.scrollToIndex(at, { align: 'start', offset: offsetPx })
  }
  /** Where to go in the first frame; null once it was sent there. */
  let awaited: Goal | null = props.goal
  const go = (goal: Goal): void => {
    if (awaited === null) send(goal)
    else awaited = goal
  }
  const send = (goal: Goal): void => {
    sentAtMs = performance.now()
    clearTimeout(settling)
    settling = setTimeout(() => {
      settling = undefined
      grown()
    }, settleMs)
    switch (goal.type) {
      case 'end':
        return toEnd()
      case 'new':
        return toNew()
      case 'chat':
        return toSeq(goal.seq)
      case 'place':
        return toPlace(goal)
    }
  }
  const focusAt = (at: number): void => {
    const row = props.list.rows[Math.max(0, Math.min(at, last()))]
    if (!row) return
    setActiveKey(row.key)
    handle?.scrollToIndex(props.list.at.get(row.key) ?? last(), { align: 'nearest' })
    rowElement(row.key)?.focus({ preventScroll: true })
  }
  const reveal = (id: string): void => {
    const at = props.list.rows.findIndex((row) => row.chat?.id === id)
    if (at >= 0) handle?.scrollToIndex(at, { align: 'nearest' })
  }
  const rowElement = (key: string): HTMLElement | null | undefined =>
    scroller?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)

  const onKeyDown = (event: KeyboardEvent): void => {
    const { target } = event
    if (!(target instanceof HTMLElement) || target.dataset['key'] === undefined) return
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const chat = props.list.rows[activeAt()]?.chat
    const run =
      keyOf(event.key) ?? (chat ? actionOfKey(event.key, chat, props.actions, target) : null)
    if (!run) return
    event.preventDefault()
    run()
  }
  const keyOf = (key: string): (() => void) | null => {
    if (key === 'ArrowUp') return () => focusAt(activeAt() - 1)
    if (key === 'ArrowDown') return () => focusAt(activeAt() + 1)
    if (key === 'Home') return () => focusAt(0)
    if (key === 'End') return () => focusAt(last())
    return null
  }

  onMount(() => {
    props.ref({ go, reveal, focusLast: () => focusAt(activeAt()), loadAgain: () => again() })
    // A frame lays the page out, measures the rows and puts them where they belong before it is painted;
    // to be sent sooner would have all of it laid out twice. Where the view is, is known one frame later.
    let frame = requestAnimationFrame(() => {
      if (awaited) send(awaited)
      awaited = null
      frame = requestAnimationFrame(() => {
        setPlaced(true)
        look()
      })
    })
    // The composer grows into the view, and a keyboard comes up: the end stays in sight.
    const observer = new ResizeObserver(grown)
    if (scroller) observer.observe(scroller)
    onCleanup(() => {
      observer.disconnect()
      cancelAnimationFrame(frame)
      if (handle && isPlaced()) sizes.keep(props.list.keys, handle.cache)
      props.ref(null)
    })
  })
  const again = (): void => {
    const side = sideToLoad(place(), { before: props.hasBefore, after: props.hasAfter })
    props.onLoad(side ?? 'older')
  }
  createEffect(
    on(
      () => [props.list.keys, props.isBusy, props.hasBefore, props.hasAfter] as const,
      () => {
        queueMicrotask(grown)
        // The sizes of new rows come late, and some without a word of it.
        clearTimeout(pinTimer)
        pinTimer = setTimeout(follow, settleMs)
      },
      { defer: true },
    ),
  )

  return (
    <>
      <div
        class="timeline-scroller"
        classList={{ 'timeline-placing': !isPlaced() && known?.isWhole !== true }}
        role="log"
        aria-live="off"
        aria-label={props.label}
        ref={(element) => (scroller = element)}
        onKeyDown={(event) => {
          moved()
          onKeyDown(event)
        }}
        onWheel={wheeled}
        onTouchMove={moved}
        onPointerDown={moved}
        onFocusIn={({ target }) => {
          const row = target.closest<HTMLElement>('[data-key]')
          if (row) setActiveKey(row.dataset['key'] ?? null)
        }}
      >
        <Show when={!props.startsAtTop}>
          <div class="timeline-space" />
        </Show>
        <Virtualizer
          ref={(given) => (handle = given)}
          cache={known?.sizes}
          data={props.list.keys}
          shift={props.list.change === 'start'}
          keepMounted={[activeAt()]}
          bufferSize={isPlaced() ? bufferPx : 0}
          onScroll={look}
          onResize={resized}
        >
          {(key) => {
            const shown = () => props.list.rows[props.list.at.get(key) ?? -1]
            const first = untrack(shown)
            if (!first) return null
            // A row that is let go of is asked for once more before it leaves the document.
            const row = createMemo<Row>((held) => shown() ?? held, first)
            const isFirst = () => !props.hasBefore && props.list.keys[0] === key
            return (
              <>
                <Show when={isFirst()}>{props.intro}</Show>
                <ChatRow
                  row={row()}
                  isActive={props.list.keys[activeAt()] === key}
                  isFlashing={flashing() === key}
                  isEditing={row().chat !== null && row().chat?.id === props.editingId}
                  actions={props.actions}
                />
              </>
            )
          }}
        </Virtualizer>
      </div>
      <DayPill list={props.list} at={topAt()} />
    </>
  )
}
