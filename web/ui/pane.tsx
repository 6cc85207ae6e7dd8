import type { JSX } from 'solid-js'
import './pane.css'

export type PaneProps = {
  /** Names the region for screen readers. */
  label: string
  ref?: (element: HTMLDivElement) => void
  class?: string
  children: JSX.Element
}

/** A region that scrolls. Focusable, because a keyboard has to be able to scroll it. */
export function Pane(props: PaneProps) {
  return (
    <div
      ref={(element) => props.ref?.(element)}
      class={`pane ${props.class ?? ''}`}
      role="region"
      aria-label={props.label}
      tabindex="0"
    >
      {props.children}
    </div>
  )
}
