import { createUniqueId, For, Show, splitProps, type JSX } from 'solid-js'
import { Field, type FieldProps } from './field.tsx'
import { ChevronDown } from './icons.ts'
import './choice.css'

export type Option<Value extends string> = { value: Value; label: string; icon?: JSX.Element }

type ChoiceProps<Value extends string> = {
  options: readonly Option<Value>[]
  value: Value
  onChoose: (value: Value) => void
  disabled?: boolean
}

/** Few choices side by side, one of them taken. Arrow keys move, as in any group of radios. */
export function SegmentedControl<Value extends string>(
  props: ChoiceProps<Value> & { label: string; hideLabel?: boolean },
) {
  const name = createUniqueId()
  return (
    <fieldset class="segments" disabled={props.disabled}>
      <legend class="field-label" classList={{ 'visually-hidden': props.hideLabel }}>
        {props.label}
      </legend>
      <div class="segments-row">
        <For each={props.options}>
          {(option) => (
            <label class="segment">
              <input
                type="radio"
                class="visually-hidden"
                name={name}
                checked={props.value === option.value}
                onChange={() => props.onChoose(option.value)}
              />
              {option.icon}
              <span>{option.label}</span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  )
}

/** More choices, in the system's own list. */
export function Select<Value extends string>(props: FieldProps & ChoiceProps<Value>) {
  const [field, own] = splitProps(props, ['label', 'hideLabel', 'hint', 'error'])
  const choose = (value: string) => {
    const option = own.options.find((each) => each.value === value)
    if (option) own.onChoose(option.value)
  }
  return (
    <Field {...field}>
      {(control) => (
        <div class="select">
          <select
            class="input"
            {...control}
            disabled={own.disabled}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            <For each={own.options}>
              {(option) => (
                <option value={option.value} selected={option.value === own.value}>
                  {option.label}
                </option>
              )}
            </For>
          </select>
          <ChevronDown />
        </div>
      )}
    </Field>
  )
}

export type CheckProps = {
  label: JSX.Element
  hint?: JSX.Element
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

export function Checkbox(props: CheckProps) {
  return <Check {...props} look="checkbox" />
}

/** For settings that take effect at once. */
export function Switch(props: CheckProps) {
  return <Check {...props} look="switch" />
}

function Check(props: CheckProps & { look: 'checkbox' | 'switch' }) {
  const id = createUniqueId()
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        role={props.look === 'switch' ? 'switch' : undefined}
        class={props.look}
        checked={props.checked}
        disabled={props.disabled}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <label for={id}>{props.label}</label>
      <Show when={props.hint}>
        <p class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      </Show>
    </div>
  )
}
