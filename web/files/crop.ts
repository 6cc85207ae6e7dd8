import type { Size } from './picture-box.ts'
import type { Zoom } from './zoom.ts'

/** The size at which a picture fills a square with nothing empty. */
export function cover(picture: Size, side: number): Size {
  const scale = side / Math.min(picture.width, picture.height)
  return { width: picture.width * scale, height: picture.height * scale }
}

/** The square of the picture, in its own pixels, that is seen through a square window of `side`. */
export function cut(
  picture: Size,
  zoom: Zoom,
  side: number,
): { x: number; y: number; side: number } {
  const scale = (side / Math.min(picture.width, picture.height)) * zoom.scale
  const seen = side / scale
  return {
    x: picture.width / 2 - zoom.x / scale - seen / 2,
    y: picture.height / 2 - zoom.y / scale - seen / 2,
    side: seen,
  }
}
