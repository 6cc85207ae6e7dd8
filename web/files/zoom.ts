import type { Size } from './picture-box.ts'

/** How a picture lies in its frame: its middle is `x`, `y` CSS pixels off the frame's, `scale` times as it fits. */
export interface Zoom {
  scale: number
  x: number
  y: number
}

export interface Point {
  x: number
  y: number
}

export const fitted: Zoom = { scale: 1, x: 0, y: 0 }
export const mostScale = 8

/** The size at which all of a picture is seen; it is not drawn larger than it is. */
export function fit(picture: Size, frame: Size): Size {
  const scale = Math.min(1, frame.width / picture.width, frame.height / picture.height)
  return { width: picture.width * scale, height: picture.height * scale }
}

/** Larger or smaller by `factor`, about a point of the frame, counted from its middle: that point stays. */
export function zoomAt(zoom: Zoom, factor: number, about: Point, size: Size, frame: Size): Zoom {
  const scale = Math.max(1, Math.min(mostScale, zoom.scale * factor))
  const by = scale / zoom.scale
  return within(
    { scale, x: about.x - (about.x - zoom.x) * by, y: about.y - (about.y - zoom.y) * by },
    size,
    frame,
  )
}

export const pan = (zoom: Zoom, by: Point, size: Size, frame: Size): Zoom =>
  within({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, size, frame)

/** No empty space on one side while something is hidden on the other. */
function within({ scale, x, y }: Zoom, size: Size, frame: Size): Zoom {
  const spareX = Math.max(0, (size.width * scale - frame.width) / 2)
  const spareY = Math.max(0, (size.height * scale - frame.height) / 2)
  return { scale, x: clamp(x, spareX), y: clamp(y, spareY) }
}

// `+ 0` makes the zero that a negative bound leaves a plain one.
const clamp = (value: number, bound: number): number => Math.max(-bound, Math.min(bound, value)) + 0
