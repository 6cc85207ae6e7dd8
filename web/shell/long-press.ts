const pressMs = 450
/** A finger that moves further than this scrolls, in pixels. */
const slackPx = 10

export interface LongPress {
  down: (event: PointerEvent) => void
  move: (event: PointerEvent) => void
  up: () => void
  /** True for the click that ends a long press, and must not do what a tap does. */
  isSpent: () => boolean
}

/** Hears a finger that stays: where a mouse has its right button. */
export function makeLongPress(
  pressed: (at: { x: number; y: number }, target: EventTarget | null) => void,
): LongPress {
  let timer: ReturnType<typeof setTimeout> | undefined
  let from: { x: number; y: number } | null = null
  let spent = false
  return {
    down: (event) => {
      spent = false
      if (event.pointerType !== 'touch') return
      const { clientX: x, clientY: y, target } = event
      from = { x, y }
      clearTimeout(timer)
      timer = setTimeout(() => {
        spent = true
        pressed({ x, y }, target)
      }, pressMs)
    },
    move: (event) => {
      if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > slackPx)
        clearTimeout(timer)
    },
    up: () => clearTimeout(timer),
    isSpent: () => spent,
  }
}
