import {
  createEffect,
  createMemo,
  createSignal,
  on,
  onCleanup,
  onMount,
  Show,
  type JSX,
} from 'solid-js'
import { Virtualizer, type VirtualizerHandle } from 'virtua/solid'
import { formatDay } from '../i18n/format.ts'
import { actionOfKey, type ChatActions } from './chat-actions.ts'
import { ChatRow } from './chat-row.tsx'
import type { RowList } from './create-rows.ts'
import { followsEnd, isAtEnd, sideToLoad, type ScrollPlace } from './scroll.ts'

export interface ChatListProps {
  list: RowList
  label: string
  linked: number | null
  hasBefore: boolean
  hasAfter: boolean
  isBusy: boolean
  /** The last page could not be loaded: ask again only when told to. */
  hasFailed: boolean
  actions: ChatActions
  /** Above the very first chat. */
  intro: JSX.Element
  onLoad: (side: 'older' | 'newer') => void
  /** The last row in sight. */
  onPlace: (seq: number) => void
  onAtEnd: (isAtEnd: boolean) => void
  ref: (handle: ChatListHandle | null) => void
}

export interface ChatListHandle {
  toEnd: () => void
  toSeq: (seq: number) => void
  focusLast: () => void
  loadAgain: () => void
}

const flashMs = 1_600

/** The virtual list: finds its first place, stays where the reader is, follows the end. */
export function ChatList(props: ChatListProps) {
  let scroller: HTMLDivElement | undefined
  let handle: VirtualizerHandle | undefined
  let isFollowing = false
  let offset = 0
  const [isPlaced, setPlaced] = createSignal(false)
  const [activeKey, setActiveKey] = createSignal<string | null>(null)
  const [flashing, setFlashing] = createSignal<string | null>(null)
  const [topAt, setTopAt] = createSignal<number | null>(null)
  let flashTimer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(flashTimer))

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
    isFollowing = !props.hasAfter && followsEnd(isFollowing, offset, now)
    offset = now.offset
    props.onAtEnd(isAtEnd(now))
    const bottom = handle.findItemIndex(now.offset + now.viewport)
    const chat = props.list.rows[bottom]?.chat ?? props.list.rows.at(-1)?.chat
    if (chat) props.onPlace(chat.seq)
    setTopAt(now.offset > 0 ? handle.findItemIndex(now.offset + 8) : null)
    load()
  }
  const load = (): void => {
    if (props.isBusy || props.hasFailed) return
    const side = sideToLoad(place(), { before: props.hasBefore, after: props.hasAfter })
    if (side) props.onLoad(side)
  }
  const grown = (): void => {
    if (isFollowing) handle?.scrollToIndex(last(), { align: 'end' })
    look()
  }

  const toEnd = (): void => {
    isFollowing = true
    handle?.scrollToIndex(last(), { align: 'end' })
  }
  const toSeq = (seq: number): void => {
    const at = props.list.rows.findIndex((row) => (row.chat?.seq ?? 0) >= seq)
    const row = props.list.rows[at]
    if (!row) return toEnd()
    isFollowing = false
    handle?.scrollToIndex(at, { align: 'center' })
    setActiveKey(row.key)
    setFlashing(row.key)
    clearTimeout(flashTimer)
    flashTimer = setTimeout(() => setFlashing(null), flashMs)
  }
  const start = (): void => {
    const firstNew = props.list.rows.findIndex((row) => row.isFirstNew)
    if (props.linked !== null) toSeq(props.linked)
    else if (firstNew >= 0) handle?.scrollToIndex(firstNew, { align: 'start', offset: -96 })
    else toEnd()
  }
  const focusAt = (at: number): void => {
    const row = props.list.rows[Math.max(0, Math.min(at, last()))]
    if (!row) return
    setActiveKey(row.key)
    handle?.scrollToIndex(props.list.at.get(row.key) ?? last(), { align: 'nearest' })
    rowElement(row.key)?.focus({ preventScroll: true })
  }
  const rowElement = (key: string): HTMLElement | null | undefined =>
    scroller?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)

  const onKeyDown = (event: KeyboardEvent): void => {
    const { target } = event
    if (!(target instanceof HTMLElement) || target.dataset['key'] === undefined) return
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const chat = props.list.rows[activeAt()]?.chat
    const run = keyOf(event.key) ?? (chat ? actionOfKey(event.key, chat, props.actions) : null)
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
    props.ref({ toEnd, toSeq, focusLast: () => focusAt(activeAt()), loadAgain: () => again() })
    start()
    // The list measures its rows first; until it stands where it should, it is not seen.
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        setPlaced(true)
        look()
      }),
    )
    onCleanup(() => {
      cancelAnimationFrame(frame)
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
      () => queueMicrotask(grown),
      { defer: true },
    ),
  )

  return (
    <>
      <div
        class="timeline-scroller"
        classList={{ 'timeline-placing': !isPlaced() }}
        role="log"
        aria-live="off"
        aria-label={props.label}
        ref={(element) => (scroller = element)}
        onKeyDown={onKeyDown}
        onFocusIn={({ target }) => {
          const row = target.closest<HTMLElement>('[data-key]')
          if (row) setActiveKey(row.dataset['key'] ?? null)
        }}
      >
        <div class="timeline-space" />
        <Virtualizer
          ref={(given) => (handle = given)}
          data={props.list.keys}
          shift={props.list.change === 'start'}
          keepMounted={[activeAt()]}
          bufferSize={400}
          onScroll={look}
          onResize={grown}
        >
          {(key) => {
            const row = createMemo<RowList['rows'][number] | undefined>(
              (held) => props.list.rows[props.list.at.get(key) ?? -1] ?? held,
            )
            const isFirst = () => !props.hasBefore && props.list.keys[0] === key
            return (
              <Show when={row()}>
                {(shown) => (
                  <>
                    <Show when={isFirst()}>{props.intro}</Show>
                    <ChatRow
                      row={shown()}
                      isActive={props.list.keys[activeAt()] === key}
                      isFlashing={flashing() === key}
                      actions={props.actions}
                    />
                  </>
                )}
              </Show>
            )
          }}
        </Virtualizer>
      </div>
      <Show when={dayAt(props.list, topAt())}>
        {(day) => (
          <div class="day-pill" aria-hidden="true">
            {day()}
          </div>
        )}
      </Show>
    </>
  )
}

/** The day of the row at the top, unless its own divider is there to tell. */
function dayAt(list: RowList, at: number | null): string | null {
  const row = at === null ? undefined : list.rows[at]
  const next = at === null ? undefined : list.rows[at + 1]
  return !row || row.isNewDay || next?.isNewDay ? null : formatDay(row.at)
}
