import type { Point } from './zoom.ts'

/** What fingers, a mouse or a wheel want of a picture. Points are counted from the middle of the element. */
export interface Hands {
  zoom: (factor: number, about: Point) => void
  pan: (by: Point) => void
  /** A finger went across, while the picture is as it fits. */
  swipe: (side: 'left' | 'right') => void
  isZoomed: () => boolean
  /** Pressed without moving. */
  press: (at: Point, isOnPicture: boolean) => void
}

const swipePx = 60
/** A hand that holds still moves this much. */
const stillPx = 6

/** Listens on the element for as long as it lives: a drag pans, two fingers and the wheel zoom. */
export function watchHands(element: HTMLElement, hands: Hands): void {
  const down = new Map<number, Point>()
  let travelled: Point = { x: 0, y: 0 }
  let isMoved = false

  const pointOf = ({ clientX, clientY }: MouseEvent): Point => {
    const box = element.getBoundingClientRect()
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 }
  }
  const spread = (): { distance: number; middle: Point } | null => {
    const [a, b] = down.values()
    if (!a || !b) return null
    return {
      distance: Math.hypot(a.x - b.x, a.y - b.y),
      middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
    }
  }

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    if (down.size === 0) {
      travelled = { x: 0, y: 0 }
      isMoved = false
    }
    down.set(event.pointerId, pointOf(event))
    element.setPointerCapture(event.pointerId)
  })
  element.addEventListener('pointermove', (event) => {
    const from = down.get(event.pointerId)
    if (!from) return
    const before = spread()
    const to = pointOf(event)
    down.set(event.pointerId, to)
    const by = { x: to.x - from.x, y: to.y - from.y }
    travelled = { x: travelled.x + by.x, y: travelled.y + by.y }
    isMoved ||= Math.hypot(travelled.x, travelled.y) > stillPx
    const after = spread()
    if (before && after && before.distance > 0) {
      isMoved = true
      hands.zoom(after.distance / before.distance, after.middle)
      hands.pan({ x: after.middle.x - before.middle.x, y: after.middle.y - before.middle.y })
    } else if (hands.isZoomed()) hands.pan(by)
  })
  const up = (event: PointerEvent): void => {
    if (!down.delete(event.pointerId) || down.size > 0) return
    if (event.type === 'pointercancel') return
    const isAcross =
      Math.abs(travelled.x) > swipePx && Math.abs(travelled.x) > Math.abs(travelled.y)
    if (!isMoved) {
      // The capture makes this element the target: ask what lies under the finger.
      const under = document.elementFromPoint(event.clientX, event.clientY)
      hands.press(pointOf(event), under?.closest('[data-picture]') != null)
    } else if (isAcross && event.pointerType === 'touch' && !hands.isZoomed())
      hands.swipe(travelled.x < 0 ? 'left' : 'right')
  }
  element.addEventListener('pointerup', up)
  element.addEventListener('pointercancel', up)
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      hands.zoom(Math.exp(-event.deltaY / 400), pointOf(event))
    },
    { passive: false },
  )
}
