import type { File as StoredFile } from '../../src/protocol/files.ts'

export interface Size {
  width: number
  height: number
}

/** A lone picture stands as large as it may; several share a height, like a strip of prints. */
const alone = { width: 400, height: 320 }
const several = { width: 280, height: 152 }
/** Less could not be hit by a finger; a thin picture is cut instead. */
const leastPx = 56

/**
 * How large a picture stands in the history, in CSS pixels, known from its stored size before a byte of
 * it has come. Never larger than it is, but for what is too small to press.
 */
export function pictureBox(
  { width, height }: Pick<StoredFile, 'width' | 'height'>,
  isAlone: boolean,
): Size {
  const most = isAlone ? alone : several
  if (width === undefined || height === undefined) return { width: 200, height: 150 }
  // A strip keeps its height: what is small in it is drawn larger, what is wide is cut.
  const scale = isAlone
    ? Math.min(1, most.width / width, most.height / height)
    : most.height / height
  return {
    width: Math.round(clamp(width * scale, leastPx, most.width)),
    height: Math.round(clamp(height * scale, leastPx, most.height)),
  }
}

const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, value))
