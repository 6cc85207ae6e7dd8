import type { ByteReader } from './byte-reader.ts'

const marker = {
  start: 0xd8,
  end: 0xd9,
  scan: 0xda,
  jfif: 0xe0,
  icc: 0xe2,
  adobe: 0xee,
  comment: 0xfe,
}

const isRestart = (code: number): boolean => code >= 0xd0 && code <= 0xd7
const isApplication = (code: number): boolean => code >= 0xe0 && code <= 0xef

/**
 * JPEG, ISO 10918-1 annex B: of the application's segments only those that change its colours are kept.
 * How it is turned is said anew, by that one number: to turn its pixels would cost quality, and memory
 * for all of them at once.
 */
export async function* bareJpeg(reader: ByteReader, turned: number): AsyncGenerator<Uint8Array> {
  yield await reader.take(2)
  if (turned !== 1) yield orientationOf(turned)
  for (;;) {
    const code = await nextMarker(reader)
    if (code === marker.end) return yield Uint8Array.of(0xff, code)
    if (code === 0x01 || isRestart(code)) {
      yield Uint8Array.of(0xff, code)
      continue
    }
    const [high = 0, low = 0] = await reader.take(2)
    const body = await reader.take(Math.max(0, high * 256 + low - 2))
    const kept = isApplication(code) || code === marker.comment ? keptOf(code, body) : body
    if (kept) {
      const size = kept.length + 2
      yield Uint8Array.of(0xff, code, size >> 8, size & 0xff)
      yield kept
    }
    if (code === marker.scan) yield* scan(reader)
  }
}

/** Exif 2.32, 4.5: a directory of one entry, the orientation. */
const orientationOf = (turned: number): Uint8Array => {
  const segment = new DataView(new ArrayBuffer(36))
  new Uint8Array(segment.buffer).set(new TextEncoder().encode('Exif\0\0MM\0*'), 4)
  segment.setUint16(0, 0xffe1)
  segment.setUint16(2, 34)
  // Where the directory begins, counted from MM, and how many entries it has.
  segment.setUint32(14, 8)
  segment.setUint16(18, 1)
  // Tag 0x0112 is one short; no directory follows.
  segment.setUint16(20, 0x0112)
  segment.setUint16(22, 3)
  segment.setUint32(24, 1)
  segment.setUint16(28, turned)
  return new Uint8Array(segment.buffer)
}

async function nextMarker(reader: ByteReader): Promise<number> {
  if ((await reader.byte()) !== 0xff) throw new RangeError('no marker')
  // Any number of fill bytes may stand before it.
  let code = 0xff
  while (code === 0xff) code = await reader.byte()
  return code
}

function keptOf(code: number, body: Uint8Array): Uint8Array | null {
  const startsWith = (name: string) =>
    String.fromCharCode(...body.subarray(0, name.length)) === name
  if (code === marker.jfif && startsWith('JFIF\0') && body.length >= 14) {
    // Without the little picture that may stand in it: it shows what was cut off later.
    return Uint8Array.of(...body.subarray(0, 12), 0, 0)
  }
  const isColour =
    (code === marker.icc && startsWith('ICC_PROFILE\0')) ||
    (code === marker.adobe && startsWith('Adobe'))
  return isColour ? body : null
}

/** The coded pixels, up to the marker behind them. */
async function* scan(reader: ByteReader): AsyncGenerator<Uint8Array> {
  for (;;) {
    const held = await reader.peek(2)
    const end = endOfScan(held)
    // The last byte may be the first half of a marker.
    const piece = await reader.take(end ?? held.length - 1)
    yield piece
    if (end !== null) return
  }
}

function endOfScan(held: Uint8Array): number | null {
  for (let at = held.indexOf(0xff); at >= 0 && at < held.length - 1;) {
    const next = held[at + 1] ?? 0
    if (next !== 0 && !isRestart(next)) return at
    at = held.indexOf(0xff, at + 1)
  }
  return null
}
