import { Show, type JSX } from 'solid-js'
import './banner.css'

export type BannerProps = {
  kind?: 'info' | 'warn' | 'danger' | 'ok'
  icon?: JSX.Element
  /** Words that change each second (a countdown) are shown, not read out each time. */
  aside?: JSX.Element
  action?: JSX.Element
  children: JSX.Element
}

/** A line across the top: the connection, a new version. */
export function Banner(props: BannerProps) {
  return (
    <div class={`banner banner-${props.kind ?? 'info'}`}>
      {props.icon}
      <p role="status">{props.children}</p>
      <Show when={props.aside}>
        <span class="banner-aside tabular">{props.aside}</span>
      </Show>
      {props.action}
    </div>
  )
}
