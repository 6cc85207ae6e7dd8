import { createUniqueId, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { Button, IconButton } from './button.tsx'
import { X } from './icons.ts'
import './dialog.css'

export type DialogProps = {
  isOpen: boolean
  onClose: () => void
  title: string
  closeLabel: string
  /** The row of buttons at the end. */
  actions?: JSX.Element
  wide?: boolean
  role?: 'dialog' | 'alertdialog'
  children: JSX.Element
}

/**
 * A modal dialog: the browser's own, which keeps the focus inside, makes the rest inert and returns
 * the focus. The first control is focused unless one has `autofocus`. Escape, the cross and a press
 * outside close it.
 */
export function Dialog(props: DialogProps) {
  return (
    <Show when={props.isOpen}>
      <OpenDialog {...props} />
    </Show>
  )
}

function OpenDialog(props: DialogProps) {
  const id = createUniqueId()
  let dialog: HTMLDialogElement | undefined
  let pressBeganOutside = false
  onMount(() => {
    dialog?.showModal()
    // Still in the document here: close() is what gives the focus back.
    onCleanup(() => dialog?.close())
  })
  const isOutside = (event: MouseEvent) => event.target === dialog
  return (
    <dialog
      ref={(element) => (dialog = element)}
      class="dialog"
      classList={{ 'dialog-wide': props.wide }}
      role={props.role}
      aria-labelledby={`${id}-title`}
      aria-describedby={props.role === 'alertdialog' ? `${id}-body` : undefined}
      on:cancel={(event) => {
        if (event.target !== dialog) return
        event.preventDefault()
        props.onClose()
      }}
      on:keydown={(event: KeyboardEvent) => event.key === 'Escape' && event.stopPropagation()}
      // A text selection dragged out of the dialog ends outside; it must not close it.
      on:pointerdown={(event: PointerEvent) => (pressBeganOutside = isOutside(event))}
      on:click={(event: MouseEvent) => pressBeganOutside && isOutside(event) && props.onClose()}
    >
      <div class="dialog-card">
        <header class="dialog-head">
          <h2 id={`${id}-title`}>{props.title}</h2>
          <IconButton label={props.closeLabel} onClick={() => props.onClose()}>
            <X />
          </IconButton>
        </header>
        <div class="dialog-body" id={`${id}-body`}>
          {props.children}
        </div>
        <Show when={props.actions}>
          <footer class="dialog-actions">{props.actions}</footer>
        </Show>
      </div>
    </dialog>
  )
}

export type ConfirmDialogProps = Omit<DialogProps, 'actions' | 'children' | 'role' | 'wide'> & {
  /** Says what happens: "Delete for everyone". */
  confirmLabel: string
  cancelLabel: string
  onConfirm: () => void
  busy?: boolean
  danger?: boolean
  error?: string | undefined
  /** Names what is lost: the chat's own words, the room and how many people are in it. */
  children: JSX.Element
}

/** Asks before something that can't be undone. The harmless button has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      closeLabel={props.closeLabel}
      role="alertdialog"
      actions={
        <>
          <Button autofocus onClick={() => props.onClose()}>
            {props.cancelLabel}
          </Button>
          <Button
            kind={props.danger === false ? 'primary' : 'danger'}
            busy={props.busy ?? false}
            onClick={() => props.onConfirm()}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      {props.children}
      <Show when={props.error}>
        <p class="field-error" role="alert">
          {props.error}
        </p>
      </Show>
    </Dialog>
  )
}
