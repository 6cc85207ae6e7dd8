import { For } from 'solid-js'
import './skeleton.css'

/**
 * Grey lines in the place of rows to come. They appear after 150 ms, by CSS: what loads faster
 * never flashes. `label` says what is loading.
 */
export function Skeleton(props: { label: string; rows?: number; look?: 'chats' | 'lines' }) {
  return (
    <div class={`skeleton skeleton-${props.look ?? 'lines'}`} role="status">
      <span class="visually-hidden">{props.label}</span>
      <For each={Array.from({ length: props.rows ?? 4 })}>
        {() => (
          <div class="skeleton-row" aria-hidden="true">
            <span class="skeleton-face" />
            <span class="skeleton-line" />
            <span class="skeleton-line" />
          </div>
        )}
      </For>
    </div>
  )
}
