/** How an emoji comes out here. */
export interface Drawing {
  width: (emoji: string) => number
  /** Not a box, nor a letter's black. */
  isColoured: (emoji: string) => boolean
}

/** One emoji of each young version, the newest first. */
const samples = [
  ['🫪', 17],
  ['🫩', 16],
  ['🙂‍↔️', 15.1],
  ['🫨', 15],
  ['🫠', 14],
  ['😶‍🌫️', 13.1],
] as const
const old = '😀'

/**
 * The newest version of Unicode's emoji that this system has pictures for; what is younger would be
 * boxes, or two emoji in the place of one. All of them where that can't be told.
 */
export function drawnVersion(drawing: Drawing | null): number {
  if (!drawing?.isColoured(old)) return Infinity
  const widest = drawing.width(old) * 1.5
  const newest = samples.find(
    ([emoji]) => drawing.width(emoji) <= widest && drawing.isColoured(emoji),
  )
  return newest?.[1] ?? 13
}

const size = 20
const family = '"Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif'

/** On a canvas of this browser; null where there is none. */
export function canvasDrawing(): Drawing | null {
  if (typeof document === 'undefined') return null
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return null
  context.font = `${size - 4}px ${family}`
  context.textBaseline = 'top'
  return {
    width: (emoji) => context.measureText(emoji).width,
    isColoured: (emoji) => {
      context.clearRect(0, 0, size, size)
      context.fillText(emoji, 0, 0)
      const { data } = context.getImageData(0, 0, size, size)
      for (let at = 0; at < data.length; at += 4)
        if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return true
      return false
    },
  }
}
