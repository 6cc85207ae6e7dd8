import type { ByteReader } from './byte-reader.ts'

/** Pixels, palette, colours and, of an animation, its frames. */
const kept = /^(IHDR|PLTE|IDAT|IEND|tRNS|gAMA|cHRM|sRGB|iCCP|cICP|sBIT|bKGD|pHYs|acTL|fcTL|fdAT)$/

/** PNG, third edition, 5.3: chunks, of which unknown and descriptive ones are left out. */
export async function* barePng(reader: ByteReader): AsyncGenerator<Uint8Array> {
  yield await reader.take(8)
  for (;;) {
    const head = await reader.take(8)
    const bytes = new DataView(head.buffer, head.byteOffset).getUint32(0)
    const name = String.fromCharCode(...head.subarray(4))
    // A checksum follows.
    if (kept.test(name)) {
      yield head
      yield* reader.pass(bytes + 4)
    } else await reader.skip(bytes + 4)
    if (name === 'IEND') return
  }
}
