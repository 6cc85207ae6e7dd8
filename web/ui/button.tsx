import { $PROXY, splitProps, type JSX } from 'solid-js'
import { spread } from 'solid-js/web'
import { Spinner } from './spinner.tsx'
import './button.css'
import './icons.css'

type Common = Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'onClick'> & {
  onClick?: (event: MouseEvent) => void
  /** Work is under way: stays focusable, turns a ring, and does nothing when pressed. */
  busy?: boolean
}

/** Props of both kinds that stand in their JSX one by one. */
const writtenOut = [
  'kind',
  'small',
  'busy',
  'type',
  'class',
  'aria-disabled',
  'onClick',
  'children',
] as const

export type ButtonProps = Common & {
  kind?: 'primary' | 'quiet' | 'danger' | 'bare'
  small?: boolean
  /** As wide as what it stands in. */
  wide?: boolean
}

/** A button with words on it that say what happens. */
export function Button(props: ButtonProps) {
  const [, rest] = splitProps(props, [...writtenOut, 'wide'])
  return (
    <button
      ref={(element) => carry(element, rest)}
      type={props.type ?? 'button'}
      class={`button button-${props.kind ?? 'quiet'} ${props.class ?? ''}`}
      classList={{ 'button-small': props.small, 'button-wide': props.wide }}
      aria-busy={props.busy ? 'true' : undefined}
      aria-disabled={props.busy ? 'true' : props['aria-disabled']}
      onClick={(event) => clickUnlessBusy(event, props.busy, props.onClick)}
    >
      <span class="button-label">{props.children}</span>
      {props.busy === true && <Spinner />}
    </button>
  )
}

export type IconButtonProps = Common & {
  /** Its name for everyone: read out, and shown as a tooltip. */
  label: string
  /** Keys that do the same, shown in the tooltip: `Ctrl K`. */
  keys?: string
  small?: boolean
  kind?: 'bare' | 'primary' | 'danger'
  /** For a toggle: whether it is on. */
  pressed?: boolean
}

/** A button with an icon as its child. */
export function IconButton(props: IconButtonProps) {
  const [, rest] = splitProps(props, [...writtenOut, 'label', 'keys', 'pressed'])
  return (
    <button
      ref={(element) => carry(element, rest)}
      type={props.type ?? 'button'}
      aria-label={props.label}
      data-tip={props.label}
      data-tip-keys={props.keys}
      class={`button button-icon button-${props.kind ?? 'bare'} ${props.class ?? ''}`}
      classList={{ 'button-small': props.small }}
      aria-pressed={props.pressed}
      aria-busy={props.busy ? 'true' : undefined}
      aria-disabled={props.busy ? 'true' : props['aria-disabled']}
      onClick={(event) => clickUnlessBusy(event, props.busy, props.onClick)}
    >
      <span class="button-label">{props.children}</span>
      {props.busy === true && <Spinner />}
    </button>
  )
}

/**
 * What else a button was given, most often nothing. `{...rest}` would take all that is written beside it along
 * into one merged object, which is half of what a button costs.
 */
function carry(element: Element, rest: object): void {
  // What a proxy has may change; a plain object without keys stays so.
  if ($PROXY in rest || Object.keys(rest).length > 0) spread(element, rest, false, true)
}

/** A busy submit button must not submit its form again either. */
function clickUnlessBusy(
  event: MouseEvent,
  busy: boolean | undefined,
  onClick: Common['onClick'],
): void {
  if (busy === true) event.preventDefault()
  else onClick?.(event)
}
