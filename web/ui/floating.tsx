import { onCleanup, onMount, type JSX } from 'solid-js'
import { place, type Align, type Box, type Side } from './place.ts'
import './floating.css'

/** An element, or the point of a right click. */
export type Anchor = Element | { x: number; y: number }

export type FloatingProps = {
  anchor: Anchor
  onClose: () => void
  side?: Side | undefined
  align?: Align | undefined
  class?: string
  role: 'menu' | 'dialog'
  label: string
  onKeyDown?: (event: KeyboardEvent) => void
  ref?: (element: HTMLDivElement) => void
  children: JSX.Element
}

/**
 * A panel beside its anchor in the browser's top layer, so that no scrolling pane clips it and no
 * portal takes it out of the dialog it stands in. Closes on Escape, a press outside and a resize;
 * the focus goes back to where it was. The browser's popover does the layering; dismissal is ours,
 * because the press that closes must not open again when it lands on the anchor.
 */
export function Floating(props: FloatingProps) {
  let panel: HTMLDivElement | undefined
  onMount(() => {
    if (!panel) return
    const before = document.activeElement
    props.ref?.(panel)
    panel.showPopover()
    moveBeside(panel, props.anchor, props.side ?? 'below', props.align ?? 'start')
    if (!panel.contains(document.activeElement)) focusFirst(panel)
    const away = new AbortController()
    const { signal } = away
    const leave = (event: Event) => {
      const target = event.target
      if (!(target instanceof Node) || panel?.contains(target)) return
      if (props.anchor instanceof Element && props.anchor.contains(target)) return
      props.onClose()
    }
    document.addEventListener('pointerdown', leave, { signal, capture: true })
    document.addEventListener('focusin', leave, { signal })
    window.addEventListener('resize', () => props.onClose(), { signal })
    onCleanup(() => {
      away.abort()
      const hadFocus = panel?.contains(document.activeElement)
      if (hadFocus && before instanceof HTMLElement && before.isConnected) before.focus()
    })
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      // The page has meanings of its own for Escape; this press is spent.
      event.stopPropagation()
      event.preventDefault()
      props.onClose()
      return
    }
    props.onKeyDown?.(event)
  }
  return (
    <div
      ref={(element) => (panel = element)}
      popover="manual"
      class={`floating ${props.class ?? ''}`}
      role={props.role}
      aria-label={props.label}
      tabindex="-1"
      on:keydown={onKeyDown}
    >
      {props.children}
    </div>
  )
}

export function moveBeside(panel: HTMLElement, anchor: Anchor, side: Side, align: Align): void {
  const box: Box =
    anchor instanceof Element
      ? anchor.getBoundingClientRect()
      : { left: anchor.x, top: anchor.y, width: 0, height: 0 }
  const isRtl = getComputedStyle(panel).direction === 'rtl'
  const { left, top } = place(
    box,
    { width: panel.offsetWidth, height: panel.offsetHeight },
    { width: innerWidth, height: innerHeight },
    { side, align, isRtl },
  )
  panel.style.left = `${left}px`
  panel.style.top = `${top}px`
}

function focusFirst(panel: HTMLElement): void {
  const first = panel.querySelector<HTMLElement>(
    '[autofocus], a[href], button:not(:disabled), input, textarea, select, [tabindex="0"]',
  )
  ;(first ?? panel).focus()
}
