const size = 64

/** Puts `count` on the page's icon; 0 brings the plain icon back. */
export function setFaviconBadge(count: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (!link) return
  link.dataset['plain'] ??= link.href
  link.href = count > 0 ? (badged(count) ?? link.dataset['plain']) : link.dataset['plain']
}

/** The mark of Parley with a badge, drawn anew: a badge at 16 pixels needs all the room it can get. */
function badged(count: number): string | null {
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const paint = canvas.getContext('2d')
  if (!paint) return null
  paint.fillStyle = '#c2491d'
  paint.beginPath()
  paint.roundRect(2, 2, 52, 46, 14)
  paint.fill()
  paint.beginPath()
  paint.moveTo(12, 40)
  paint.lineTo(12, 62)
  paint.lineTo(34, 44)
  paint.fill()
  paint.fillStyle = '#1d1a17'
  paint.beginPath()
  paint.arc(43, 43, 21, 0, Math.PI * 2)
  paint.fill()
  paint.fillStyle = '#ffffff'
  paint.font = `700 ${count > 9 ? 24 : 32}px sans-serif`
  paint.textAlign = 'center'
  paint.textBaseline = 'middle'
  paint.fillText(count > 9 ? '9+' : String(count), 43, 45)
  return canvas.toDataURL('image/png')
}
