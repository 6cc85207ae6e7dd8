const text = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength)

/**
 * How an image has to be turned to stand upright: the orientation of its Exif, 1 to 8 (Exif 2.32, 4.6.4);
 * 1 when it says nothing, or nothing that can be read.
 */
export function exifOrientation(image: Uint8Array): number {
  try {
    const exif = exifOf(image)
    return exif ? orientationIn(exif) : 1
  } catch (error) {
    // It ends in the middle: whether it is an image at all, who unpacks it will say.
    if (error instanceof RangeError) return 1
    throw error
  }
}

function exifOf(image: Uint8Array): Uint8Array | null {
  if (image[0] === 0xff && image[1] === 0xd8) return exifOfJpeg(image)
  if (text(image, 1, 3) === 'PNG') {
    return chunk(image, { name: 'eXIf', start: 8, isPng: true })
  }
  if (text(image, 8, 4) === 'WEBP') {
    return chunk(image, { name: 'EXIF', start: 12, isPng: false })
  }
  return null
}

/** Segments follow each other until the coded pixels begin. */
function exifOfJpeg(image: Uint8Array): Uint8Array | null {
  const view = viewOf(image)
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1)
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xda || marker === 0xd9) return null
    const size = view.getUint16(at + 2)
    if (marker === 0xe1 && text(image, at + 4, 6) === 'Exif\0\0') {
      return image.subarray(at + 10, at + 2 + size)
    }
    at += 2 + size
  }
  return null
}

interface Chunks {
  name: string
  start: number
  /** The size, most significant byte first, then the name, and a checksum at the end; RIFF has neither. */
  isPng: boolean
}

function chunk(image: Uint8Array, { name, start, isPng }: Chunks): Uint8Array | null {
  const view = viewOf(image)
  for (let at = start; at + 8 <= image.length;) {
    const size = view.getUint32(isPng ? at : at + 4, !isPng)
    const body = at + 8
    if (text(image, isPng ? at + 4 : at, 4) === name) {
      const exif = image.subarray(body, body + size)
      // Some write the name that JPEG needs here too.
      return text(exif, 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif
    }
    // RIFF fills up to an even number.
    at = body + size + (isPng ? 4 : size % 2)
  }
  return null
}

const orientationTag = 0x0112

/** TIFF 6.0: a byte order, and a directory of entries of twelve bytes. */
function orientationIn(tiff: Uint8Array): number {
  const view = viewOf(tiff)
  const isLittle = text(tiff, 0, 2) === 'II'
  const directory = view.getUint32(4, isLittle)
  const count = view.getUint16(directory, isLittle)
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + entry * 12
    if (view.getUint16(at, isLittle) !== orientationTag) continue
    const orientation = view.getUint16(at + 8, isLittle)
    return orientation >= 1 && orientation <= 8 ? orientation : 1
  }
  return 1
}
