import { For, Show, type JSX } from 'solid-js'
import { Floating, type FloatingProps } from './floating.tsx'
import { Check } from './icons.ts'
import { Kbd } from './kbd.tsx'
import { nextItem } from './menu-focus.ts'
import { createTrigger, type TriggerProps } from './popover.tsx'
import './menu.css'

export type MenuItem =
  | {
      type: 'action'
      label: string
      onChoose: () => void
      icon?: () => JSX.Element
      keys?: string
      danger?: boolean
      disabled?: boolean
      /** Makes it one choice of several; the taken one has a tick. */
      checked?: boolean
    }
  | { type: 'separator' }
  | { type: 'heading'; label: string }
  /** A row of small choices: quick reactions. */
  | { type: 'choices'; label: string; choices: readonly Choice[] }

export type Choice = { label: string; look: () => JSX.Element; onChoose: () => void }

type Action = Extract<MenuItem, { type: 'action' }>

export type MenuPanelProps = Pick<
  FloatingProps,
  'anchor' | 'onClose' | 'side' | 'align' | 'label'
> & {
  items: readonly MenuItem[]
}

/** An open menu: beside a button, or at the point of a right click or a long press. */
export function MenuPanel(props: MenuPanelProps) {
  let panel: HTMLDivElement | undefined
  const items = () =>
    Array.from(panel?.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)') ?? [])
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items()
    const current = all.findIndex((item) => item === document.activeElement)
    if (event.key === 'Tab') {
      event.preventDefault()
      props.onClose()
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const labels = all.map((item) => item.textContent.trim())
    const next = nextItem(rowKey(event.key, all[current]), labels, current)
    // A menu's keys are its own: the list under it must not move too.
    event.stopPropagation()
    if (next === null) return
    event.preventDefault()
    all[next]?.focus()
  }
  const choose = (action: Pick<Action, 'onChoose'>) => {
    // Closed first: the focus is back at its place when the action opens something else.
    props.onClose()
    action.onChoose()
  }
  return (
    <Floating
      anchor={props.anchor}
      onClose={props.onClose}
      side={props.side}
      align={props.align}
      label={props.label}
      class="menu"
      role="menu"
      onKeyDown={onKeyDown}
      ref={(element) => (panel = element)}
    >
      <For each={props.items}>
        {(item) => {
          switch (item.type) {
            case 'separator':
              return <div class="menu-separator" role="separator" />
            case 'heading':
              return (
                <div class="menu-heading" role="presentation">
                  {item.label}
                </div>
              )
            case 'choices':
              return (
                <div class="menu-choices" role="group" aria-label={item.label}>
                  <For each={item.choices}>
                    {(choice) => (
                      <button
                        type="button"
                        class="menu-choice"
                        role="menuitem"
                        tabindex="-1"
                        aria-label={choice.label}
                        onClick={() => choose(choice)}
                      >
                        {choice.look()}
                      </button>
                    )}
                  </For>
                </div>
              )
            case 'action':
              return <MenuAction item={item} onChoose={() => choose(item)} />
          }
          return item satisfies never
        }}
      </For>
    </Floating>
  )
}

/** In a row of choices, left and right are back and on. */
function rowKey(key: string, focused: HTMLElement | undefined): string {
  if ((key !== 'ArrowLeft' && key !== 'ArrowRight') || !focused?.closest('.menu-choices'))
    return key
  const isRtl = getComputedStyle(focused).direction === 'rtl'
  return (key === 'ArrowRight') === isRtl ? 'ArrowUp' : 'ArrowDown'
}

function MenuAction(props: { item: Action; onChoose: () => void }) {
  const isChoice = () => props.item.checked !== undefined
  return (
    <button
      type="button"
      class="menu-item"
      classList={{ 'menu-item-danger': props.item.danger }}
      role={isChoice() ? 'menuitemradio' : 'menuitem'}
      aria-checked={props.item.checked}
      tabindex="-1"
      disabled={props.item.disabled}
      onClick={() => props.onChoose()}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
    >
      {props.item.icon?.()}
      <span class="menu-label">{props.item.label}</span>
      <Show when={props.item.checked}>
        <Check />
      </Show>
      <Show when={props.item.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
    </button>
  )
}

export type MenuProps = Omit<MenuPanelProps, 'anchor' | 'onClose'> & {
  trigger: (props: TriggerProps) => JSX.Element
}

/** A button that opens a menu: `trigger={(props) => <IconButton {...props} label="More">…}`. */
export function Menu(props: MenuProps) {
  const { anchor, trigger, close } = createTrigger('menu')
  return (
    <>
      {props.trigger(trigger)}
      <Show when={anchor()}>
        {(element) => (
          <MenuPanel
            anchor={element()}
            onClose={close}
            items={props.items}
            label={props.label}
            side={props.side}
            align={props.align}
          />
        )}
      </Show>
    </>
  )
}
