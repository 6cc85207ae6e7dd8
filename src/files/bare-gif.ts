import type { ByteReader } from './byte-reader.ts'

const block = { extension: 0x21, image: 0x2c, end: 0x3b }
const extension = { control: 0xf9, application: 0xff }

/** GIF89a: comments and the blocks of applications are left out, but for the one that makes it repeat. */
export async function* bareGif(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const head = await reader.take(13)
  yield head
  yield* palette(reader, head[10])
  for (;;) {
    const kind = await reader.byte()
    if (kind === block.image) {
      const descriptor = await reader.take(9)
      yield Uint8Array.of(kind, ...descriptor)
      yield* palette(reader, descriptor[8])
      yield await reader.take(1)
      yield* subBlocks(reader)
    } else if (kind === block.extension) {
      yield* extended(reader)
    } else if (kind === block.end) {
      return yield Uint8Array.of(kind)
    } else throw new RangeError('no block')
  }
}

async function* palette(reader: ByteReader, flags = 0): AsyncGenerator<Uint8Array> {
  if (flags & 0x80) yield await reader.take(3 * 2 ** ((flags & 7) + 1))
}

async function* extended(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const label = await reader.byte()
  const held = await reader.peek(12)
  const name = String.fromCharCode(...held.subarray(1, 12))
  const isKept =
    label === extension.control ||
    (label === extension.application && /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(name))
  if (isKept) yield Uint8Array.of(block.extension, label)
  for await (const piece of subBlocks(reader)) if (isKept) yield piece
}

/** Up to and with the empty one that ends them. */
async function* subBlocks(reader: ByteReader): AsyncGenerator<Uint8Array> {
  for (;;) {
    const [bytes = 0] = await reader.peek(1)
    yield await reader.take(bytes + 1)
    if (bytes === 0) return
  }
}
