import { createUniqueId, Show, type JSX } from 'solid-js'
import './field.css'

export type FieldProps = {
  label: string
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean
  hint?: JSX.Element
  /** What is wrong and what to do; marks the control as invalid. */
  error?: string | undefined
}

/** What a control inside a field has to carry. */
export type FieldControl = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': 'true' | undefined
}

/** A label, one control, its hint and its error, tied together by ids. */
export function Field(props: FieldProps & { children: (control: FieldControl) => JSX.Element }) {
  const id = createUniqueId()
  const described = () =>
    [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(' ') ||
    undefined
  const control: FieldControl = {
    id,
    get 'aria-describedby'() {
      return described()
    },
    get 'aria-invalid'() {
      return props.error ? ('true' as const) : undefined
    },
  }
  return (
    <div class="field">
      <label class="field-label" classList={{ 'visually-hidden': props.hideLabel }} for={id}>
        {props.label}
      </label>
      {props.children(control)}
      <Show when={props.error}>
        <p class="field-error" id={`${id}-error`} role="alert">
          {props.error}
        </p>
      </Show>
      <Show when={props.hint}>
        <p class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      </Show>
    </div>
  )
}
