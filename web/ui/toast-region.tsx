import { For, Show } from 'solid-js'
import { Button, IconButton } from './button.tsx'
import { X } from './icons.ts'
import type { Toasts } from './toasts.ts'
import './toast-region.css'

/** Mounted once. Read out politely: a toast confirms, it never asks. */
export function ToastRegion(props: { toasts: Toasts; label: string; dismissLabel: string }) {
  return (
    <section class="toasts" aria-label={props.label}>
      <ol
        aria-live="polite"
        aria-relevant="additions"
        on:pointerenter={() => props.toasts.pause()}
        on:pointerleave={() => props.toasts.resume()}
        on:focusin={() => props.toasts.pause()}
        on:focusout={() => props.toasts.resume()}
      >
        <For each={props.toasts.list()}>
          {(toast) => (
            <li class="toast" classList={{ 'toast-failed': toast.kind === 'failed' }}>
              <span class="toast-text">{toast.text}</span>
              <Show when={toast.action}>
                {(action) => (
                  <Button
                    kind="bare"
                    small
                    onClick={() => {
                      action().run()
                      props.toasts.dismiss(toast.id)
                    }}
                  >
                    {action().label}
                  </Button>
                )}
              </Show>
              <IconButton
                small
                label={props.dismissLabel}
                onClick={() => props.toasts.dismiss(toast.id)}
              >
                <X />
              </IconButton>
            </li>
          )}
        </For>
      </ol>
    </section>
  )
}
