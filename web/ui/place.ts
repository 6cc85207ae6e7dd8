export type Box = { left: number; top: number; width: number; height: number }
export type Side = 'above' | 'below'
/** Whether the panel's inline start or end meets the anchor's, or their middles meet. */
export type Align = 'start' | 'end' | 'center'

const gap = 4
const margin = 8

/**
 * Where a panel goes beside its anchor, in CSS pixels of the viewport: on the wanted side if it fits
 * there or fits nowhere better, and never over the viewport's edge.
 */
export function place(
  anchor: Box,
  panel: { width: number; height: number },
  viewport: { width: number; height: number },
  wanted: { side: Side; align: Align; isRtl: boolean },
): { left: number; top: number } {
  const room = {
    above: anchor.top - gap - margin,
    below: viewport.height - (anchor.top + anchor.height) - gap - margin,
  }
  const other = wanted.side === 'above' ? 'below' : 'above'
  const flips = panel.height > room[wanted.side] && room[other] > room[wanted.side]
  const side = flips ? other : wanted.side
  const top = side === 'above' ? anchor.top - gap - panel.height : anchor.top + anchor.height + gap
  return {
    left: clamp(alignedLeft(anchor, panel.width, wanted), viewport.width - panel.width - margin),
    top: clamp(top, viewport.height - panel.height - margin),
  }
}

function alignedLeft(
  anchor: Box,
  width: number,
  { align, isRtl }: { align: Align; isRtl: boolean },
): number {
  if (align === 'center') return anchor.left + (anchor.width - width) / 2
  const meetsLeft = (align === 'start') !== isRtl
  return meetsLeft ? anchor.left : anchor.left + anchor.width - width
}

const clamp = (value: number, max: number): number => Math.max(margin, Math.min(value, max))
