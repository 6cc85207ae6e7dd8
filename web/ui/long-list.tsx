import {
  createEffect,
  createMemo,
  createSignal,
  For,
  Index,
  on,
  onCleanup,
  onMount,
  Show,
  untrack,
  type JSX,
} from 'solid-js'
import './long-list.css'

const pieceRows = 15
/** Made at once: a first view. Of all others it is asked where they are. */
const firstPieces = 2
/** What became the current one is painted by then. */
const settleMs = 100
/** Pieces this near to the view are made, so that a scroll comes upon rows that are there. */
const nearPx = 400

export interface LongListProps {
  keys: readonly string[]
  /** A row, `--long-list-row` high and a `listitem` by its role. */
  row: (key: string) => JSX.Element
  /** Brought into sight when it becomes the current one. */
  current: string | undefined
  /** A selector of what scrolls it. */
  scroller: string
}

/**
 * A list of rows of one height of which only those near the view are in the document. Rows out of
 * sight cost each frame something even where the browser need not lay them out: 500 took 3 ms.
 */
export function LongList(props: LongListProps) {
  let list: HTMLDivElement | undefined
  let watch: IntersectionObserver | undefined
  const tell = new Map<Element, (isNear: boolean) => void>()
  const pieces = createMemo(() =>
    Array.from({ length: Math.ceil(props.keys.length / pieceRows) }, (_, at) =>
      props.keys.slice(at * pieceRows, (at + 1) * pieceRows),
    ),
  )
  const follow = (piece: Element, told: (isNear: boolean) => void): void => {
    tell.set(piece, told)
    watch?.observe(piece)
    onCleanup(() => {
      tell.delete(piece)
      watch?.unobserve(piece)
    })
  }
  onMount(() => {
    watch = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) tell.get(target)?.(isIntersecting)
      },
      { root: list?.closest(props.scroller) ?? null, rootMargin: `${nearPx}px 0px` },
    )
    for (const piece of tell.keys()) watch.observe(piece)
    onCleanup(() => watch?.disconnect())
  })
  const show = (key: string): void => {
    const at = props.keys.indexOf(key)
    const piece = list?.children[Math.floor(at / pieceRows)]
    if (!piece) return
    tell.get(piece)?.(true)
    piece.children[at % pieceRows]?.scrollIntoView({ block: 'nearest' })
  }
  // Not whenever the rows change: the reader may have scrolled on.
  createEffect(
    on(
      () => props.current,
      (key) => {
        if (key === undefined) return
        // Once all is laid out: to ask where a row is would have it done twice.
        const timer = setTimeout(() => show(key), settleMs)
        onCleanup(() => clearTimeout(timer))
      },
    ),
  )

  return (
    <div role="list" ref={(element) => (list = element)}>
      <Index each={pieces()}>
        {(keys, at) => (
          <Piece keys={keys()} row={props.row} isFirst={at < firstPieces} follow={follow} />
        )}
      </Index>
    </div>
  )
}

function Piece(props: {
  keys: readonly string[]
  row: (key: string) => JSX.Element
  isFirst: boolean
  follow: (piece: Element, told: (isNear: boolean) => void) => void
}) {
  let piece: HTMLDivElement | undefined
  const [isMade, setMade] = createSignal(untrack(() => props.isFirst))
  onMount(() => {
    const element = piece
    if (!element) return
    // Whoever is at a row of it, or drags it, must not lose it.
    props.follow(element, (isNear) => setMade(isNear || element.contains(document.activeElement)))
  })
  return (
    <div
      role="presentation"
      classList={{ 'long-list-far': !isMade() }}
      style={{ '--long-list-rows': props.keys.length }}
      ref={(element) => (piece = element)}
    >
      <Show when={isMade()}>
        <For each={props.keys}>{(key) => props.row(key)}</For>
      </Show>
    </div>
  )
}
