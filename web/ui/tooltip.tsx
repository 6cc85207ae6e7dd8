import { onCleanup, onMount, createSignal, Show } from 'solid-js'
import { moveBeside } from './floating.tsx'
import { movesFocus } from './focus-move.ts'
import { Kbd } from './kbd.tsx'
import './tooltip.css'

const delayMs = 500

/**
 * The one tooltip of the app, mounted once. Any element says what it wants shown with `data-tip`
 * (and `data-tip-keys`), so a thousand rows of icon buttons cost two attributes each and no
 * component. It repeats an accessible name for those who see, so screen readers are spared it.
 */
export function Tooltip() {
  let tip: HTMLDivElement | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** A dialog that focuses its first button has not been asked what the button does. */
  let isMoving = false
  const [host, setHost] = createSignal<HTMLElement>()

  const show = (element: HTMLElement) => {
    setHost(element)
    if (!tip) return
    tip.showPopover()
    moveBeside(tip, element, 'above', 'center')
  }
  const hide = () => {
    clearTimeout(timer)
    if (!host()) return
    setHost(undefined)
    tip?.hidePopover()
  }
  const over = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return
    // The tip itself may be pointed at, so that it can be read at high magnification.
    if (event.target instanceof Node && tip?.contains(event.target)) return
    const element = hostOf(event.target)
    if (element && element === host()) return
    const follows = host() !== undefined
    hide()
    if (element) timer = setTimeout(() => show(element), follows ? 0 : delayMs)
  }
  const focus = (event: FocusEvent) => {
    hide()
    const element = hostOf(event.target)
    if (isMoving && element?.matches(':focus-visible')) show(element)
  }

  const press = (event: KeyboardEvent) => {
    isMoving = movesFocus(event)
    hide()
  }

  onMount(() => {
    const away = new AbortController()
    const { signal } = away
    document.addEventListener('pointerover', over, { signal })
    document.addEventListener('focusin', focus, { signal })
    document.addEventListener('keydown', press, { signal, capture: true })
    for (const type of ['focusout', 'pointerdown', 'scroll'])
      document.addEventListener(type, hide, { signal, capture: true })
    onCleanup(() => {
      away.abort()
      clearTimeout(timer)
    })
  })
  return (
    <div ref={(element) => (tip = element)} class="tooltip" popover="manual" aria-hidden="true">
      <span>{host()?.dataset['tip']}</span>
      <Show when={host()?.dataset['tipKeys']}>{(keys) => <Kbd keys={keys()} />}</Show>
    </div>
  )
}

function hostOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
}
