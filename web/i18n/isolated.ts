const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/

/**
 * A piece that goes into a sentence of the other direction keeps its own, and does not turn the
 * sentence around: Unicode's first-strong isolate. One of the same direction stays as it is.
 */
export function isolated(piece: string, sentence: 'ltr' | 'rtl'): string {
  const isAlike = sentence === 'ltr' ? !rightToLeft.test(piece) : !/[\p{L}\p{N}]/u.test(piece)
  return isAlike ? piece : `\u2068${piece}\u2069`
}
