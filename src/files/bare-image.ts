import { bareGif } from './bare-gif.ts'
import { bareJpeg } from './bare-jpeg.ts'
import { barePng } from './bare-png.ts'
import { bareWebp } from './bare-webp.ts'
import { ByteReader } from './byte-reader.ts'

const bare: Record<string, (reader: ByteReader) => AsyncGenerator<Uint8Array>> = {
  'image/jpeg': bareJpeg,
  'image/png': barePng,
  'image/gif': bareGif,
  'image/webp': bareWebp,
}

/**
 * An image without anything but what its pixels need: no place, no camera, no words, nothing behind its
 * end (security 53). The pixels stay as they were, and what moves goes on moving. Null for a type that
 * only decoding could clean.
 *
 * It fails with a RangeError where the image is not one.
 */
export function bareImage(
  type: string,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> | null {
  return bare[type]?.(new ByteReader(source)) ?? null
}
