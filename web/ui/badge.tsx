import type { JSX } from 'solid-js'
import './badge.css'

/** A count of mentions, or a word beside a name ("Bot", "Owner"). */
export function Badge(props: { kind?: 'accent' | 'quiet'; label?: string; children: JSX.Element }) {
  return (
    <span class={`badge badge-${props.kind ?? 'quiet'}`}>
      <span dir="auto" aria-hidden={props.label === undefined ? undefined : 'true'}>
        {props.children}
      </span>
      {props.label && <span class="visually-hidden">{props.label}</span>}
    </span>
  )
}
