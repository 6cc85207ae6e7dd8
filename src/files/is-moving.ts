/** Whether an image has more than one picture: a GIF, or a WebP. False for what can't be read. */
export function isMoving(image: Uint8Array): boolean {
  const text = (at: number, length: number) =>
    String.fromCharCode(...image.subarray(at, at + length))
  if (text(0, 4) === 'GIF8') return hasTwoPictures(image)
  // Its extended header has a flag for it (WebP container, 2.7).
  return text(8, 8) === 'WEBPVP8X' && ((image[20] ?? 0) & 0x02) !== 0
}

/** GIF89a: screen, then blocks; those of pictures begin with a comma. */
function hasTwoPictures(image: Uint8Array): boolean {
  const byte = (at: number): number => image[at] ?? 0
  const tableAfter = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  const pastData = (from: number): number => {
    let at = from
    while (byte(at) !== 0) at += byte(at) + 1
    return at + 1
  }
  let pictures = 0
  for (let at = 13 + tableAfter(byte(10)); at < image.length && pictures < 2;) {
    const kind = byte(at)
    if (kind === 0x21) at = pastData(at + 2)
    else if (kind === 0x2c) {
      pictures += 1
      // Ten bytes of where it stands, its colours, one of how it is packed, then its pixels.
      at = pastData(at + 11 + tableAfter(byte(at + 9)))
    } else break
  }
  return pictures === 2
}
