import { Show, splitProps, type JSX } from 'solid-js'
import { Spinner } from './spinner.tsx'
import './button.css'
import './icons.css'

type Common = Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'onClick'> & {
  onClick?: (event: MouseEvent) => void
  /** Work is under way: stays focusable, turns a ring, and does nothing when pressed. */
  busy?: boolean
}

export type ButtonProps = Common & {
  kind?: 'primary' | 'quiet' | 'danger' | 'bare'
  small?: boolean
  /** As wide as what it stands in. */
  wide?: boolean
}

/** A button with words on it that say what happens. */
export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ['kind', 'small', 'wide', 'busy', 'onClick', 'children'])
  return (
    <button
      type="button"
      {...rest}
      class={`button button-${own.kind ?? 'quiet'} ${rest.class ?? ''}`}
      classList={{ 'button-small': own.small, 'button-wide': own.wide }}
      aria-busy={own.busy ? 'true' : undefined}
      aria-disabled={own.busy ? 'true' : undefined}
      onClick={(event) => clickUnlessBusy(event, own.busy, own.onClick)}
    >
      <span class="button-label">{own.children}</span>
      <Show when={own.busy}>
        <Spinner />
      </Show>
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
  const [own, rest] = splitProps(props, [
    'label',
    'keys',
    'small',
    'kind',
    'pressed',
    'busy',
    'onClick',
    'children',
  ])
  return (
    <button
      type="button"
      aria-label={own.label}
      data-tip={own.label}
      data-tip-keys={own.keys}
      {...rest}
      class={`button button-icon button-${own.kind ?? 'bare'} ${rest.class ?? ''}`}
      classList={{ 'button-small': own.small }}
      aria-pressed={own.pressed}
      aria-busy={own.busy ? 'true' : undefined}
      aria-disabled={own.busy ? 'true' : undefined}
      onClick={(event) => clickUnlessBusy(event, own.busy, own.onClick)}
    >
      <span class="button-label">{own.children}</span>
      <Show when={own.busy}>
        <Spinner />
      </Show>
    </button>
  )
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
