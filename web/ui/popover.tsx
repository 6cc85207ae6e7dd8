import { createSignal, createUniqueId, Show, type JSX } from 'solid-js'
import { Floating, type FloatingProps } from './floating.tsx'

/** What the button that opens a panel has to carry; spread it on a Button or IconButton. */
export type TriggerProps = {
  id: string
  'aria-haspopup': 'menu' | 'dialog'
  'aria-expanded': boolean
  onClick: (event: MouseEvent) => void
}

/** Whether a panel is open, and the props of the button that opens it. */
export function createTrigger(opens: 'menu' | 'dialog') {
  const [anchor, setAnchor] = createSignal<Element>()
  const id = createUniqueId()
  const trigger: TriggerProps = {
    id,
    'aria-haspopup': opens,
    get 'aria-expanded'() {
      return anchor() !== undefined
    },
    onClick: (event) => {
      const button = event.currentTarget
      setAnchor((open) => (open || !(button instanceof Element) ? undefined : button))
    },
  }
  return { anchor, trigger, close: () => setAnchor(undefined) }
}

export type PopoverProps = Pick<FloatingProps, 'label' | 'side' | 'align'> & {
  trigger: (props: TriggerProps) => JSX.Element
  children: (close: () => void) => JSX.Element
}

/** A small panel that is not a menu: a person's card, a picker. */
export function Popover(props: PopoverProps) {
  const { anchor, trigger, close } = createTrigger('dialog')
  return (
    <>
      {props.trigger(trigger)}
      <Show when={anchor()}>
        {(element) => (
          <Floating
            anchor={element()}
            onClose={close}
            side={props.side}
            align={props.align}
            class="popover"
            role="dialog"
            label={props.label}
          >
            {props.children(close)}
          </Floating>
        )}
      </Show>
    </>
  )
}
