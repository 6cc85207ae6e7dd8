import { createSignal, splitProps, type JSX } from 'solid-js'
import { IconButton } from './button.tsx'
import { Field, type FieldProps } from './field.tsx'
import { Eye, EyeOff } from './icons.ts'

const fieldProps = ['label', 'hideLabel', 'hint', 'error'] as const

/** `onText` is told the whole value at each change. */
type Typed = { onText?: (text: string) => void }

export type TextFieldProps = FieldProps & Typed & JSX.InputHTMLAttributes<HTMLInputElement>

export function TextField(props: TextFieldProps) {
  const [field, own, rest] = splitProps(props, fieldProps, ['onText'])
  return (
    <Field {...field}>
      {(control) => (
        <input
          class="input"
          type="text"
          {...rest}
          {...control}
          onInput={(event) => own.onText?.(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

export type PasswordFieldProps = Omit<TextFieldProps, 'type'> & {
  showLabel: string
  hideLabelText: string
}

/** A password with an eye that shows what was typed. */
export function PasswordField(props: PasswordFieldProps) {
  const [field, own, rest] = splitProps(props, fieldProps, ['onText', 'showLabel', 'hideLabelText'])
  const [isShown, setShown] = createSignal(false)
  return (
    <Field {...field}>
      {(control) => (
        <div class="input-with-button">
          <input
            class="input"
            autocapitalize="off"
            spellcheck={false}
            {...rest}
            {...control}
            type={isShown() ? 'text' : 'password'}
            onInput={(event) => own.onText?.(event.currentTarget.value)}
          />
          <IconButton
            label={isShown() ? own.hideLabelText : own.showLabel}
            onClick={() => setShown(!isShown())}
          >
            {isShown() ? <EyeOff /> : <Eye />}
          </IconButton>
        </div>
      )}
    </Field>
  )
}

export type TextAreaProps = FieldProps & Typed & JSX.TextareaHTMLAttributes<HTMLTextAreaElement>

/** Grows with its text to 40 % of the page. */
export function TextArea(props: TextAreaProps) {
  const [field, own, rest] = splitProps(props, fieldProps, ['onText'])
  return (
    <Field {...field}>
      {(control) => (
        <textarea
          class="input"
          rows={3}
          {...rest}
          {...control}
          onInput={(event) => own.onText?.(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
