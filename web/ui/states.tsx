import { Show, type JSX } from 'solid-js'
import { Button } from './button.tsx'
import { Drawing, type DrawingName } from './drawings.tsx'
import { TriangleAlert } from './icons.ts'
import './states.css'

export type EmptyStateProps = {
  drawing: DrawingName
  title: string
  /** The one thing this place teaches. */
  children?: JSX.Element
  action?: JSX.Element
}

export function EmptyState(props: EmptyStateProps) {
  return (
    <div class="state">
      <Drawing name={props.drawing} />
      <p class="state-title">{props.title}</p>
      <Show when={props.children}>
        <div class="state-text">{props.children}</div>
      </Show>
      {props.action}
    </div>
  )
}

export type ErrorStateProps = {
  /** What happened. */
  title: string
  /** What to do. */
  children?: JSX.Element
  retryLabel: string
  onRetry: () => void
  busy?: boolean
}

export function ErrorState(props: ErrorStateProps) {
  return (
    <div class="state" role="alert">
      <span class="state-sign">
        <TriangleAlert />
      </span>
      <p class="state-title">{props.title}</p>
      <Show when={props.children}>
        <div class="state-text">{props.children}</div>
      </Show>
      <Button busy={props.busy ?? false} onClick={() => props.onRetry()}>
        {props.retryLabel}
      </Button>
    </div>
  )
}
