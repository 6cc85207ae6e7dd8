import type { ByteReader } from './byte-reader.ts'

const kept = /^(VP8 |VP8L|VP8X|ALPH|ANIM|ANMF|ICCP)$/
const chunkMax = 0xffff_fff0

/**
 * WebP, RFC 9649: chunks that describe it become empty ones of the same size, so that the size in front
 * stays true; VP8X says that there are none.
 */
export async function* bareWebp(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const head = await reader.take(12)
  yield head
  const sizeOf = (at: Uint8Array, offset: number): number =>
    new DataView(at.buffer, at.byteOffset).getUint32(offset, true)
  for (let left = sizeOf(head, 4) - 4; left > 0;) {
    const chunk = await reader.take(8)
    const bytes = sizeOf(chunk, 4)
    if (bytes > chunkMax) throw new RangeError('a chunk past the end')
    const name = String.fromCharCode(...chunk.subarray(0, 4))
    // To an even number.
    const padded = bytes + (bytes % 2)
    if (name === 'VP8X') {
      const body = (await reader.take(padded)).slice()
      body[0] = (body[0] ?? 0) & ~(hasExif | hasXmp)
      yield chunk
      yield body
    } else if (kept.test(name)) {
      yield chunk
      yield* reader.pass(padded)
    } else {
      yield Uint8Array.of(...new TextEncoder().encode('JUNK'), ...chunk.subarray(4))
      for await (const piece of reader.pass(padded)) yield new Uint8Array(piece.length)
    }
    left -= 8 + padded
  }
}

const hasExif = 0x08
const hasXmp = 0x04
