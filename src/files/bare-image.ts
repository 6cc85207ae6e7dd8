import { bareGif } from './bare-gif.ts'
import { bareJpeg } from './bare-jpeg.ts'
import { barePng } from './bare-png.ts'
import { bareWebp } from './bare-webp.ts'
import { ByteReader } from './byte-reader.ts'

type Bare = (reader: ByteReader, turned: number) => AsyncGenerator<Uint8Array>

const bare: Record<string, Bare> = {
  'image/jpeg': bareJpeg,
  'image/png': barePng,
  'image/gif': bareGif,
  'image/webp': bareWebp,
}

/**
 * An image without anything but what its pixels need: no place, no camera, no words, nothing behind its
 * end (security 53). The pixels stay as they were, and what moves goes on moving. `turned` is Exif's
 * orientation. Null for what only unpacking it could clean.
 *
 * It fails with a RangeError where the image is not one.
 */
export function bareImage(
  type: string,
  source: AsyncIterable<Uint8Array>,
  turned: number,
): AsyncGenerator<Uint8Array> | null {
  // Of the others not every browser reads how they are turned.
  if (turned !== 1 && type !== 'image/jpeg') return null
  const make = bare[type]
  return make ? read(make, new ByteReader(source), turned) : null
}

async function* read(make: Bare, reader: ByteReader, turned: number): AsyncGenerator<Uint8Array> {
  try {
    yield* make(reader, turned)
  } finally {
    await reader.close()
  }
}
