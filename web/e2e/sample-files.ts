import { crc32, deflateSync } from 'node:zlib'

/** A file as Playwright hands it to a page. */
export interface Sample {
  name: string
  mimeType: string
  buffer: Buffer
}

/** A real PNG of one colour with a frame, so that it can be told from an empty box. */
export function png(name: string, width: number, height: number, [r, g, b]: number[]): Sample {
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isEdge = x < 4 || y < 4 || x >= width - 4 || y >= height - 4
      // A filter byte begins each row.
      rows.set(isEdge ? [20, 20, 20] : [r ?? 0, g ?? 0, b ?? 0], y * (1 + width * 3) + 1 + x * 3)
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits, red green blue.
  head.set([8, 2, 0, 0, 0], 8)
  const buffer = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return { name, mimeType: 'image/png', buffer }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A second of a quiet tone. */
export function wav(name: string, seconds = 1): Sample {
  const rate = 8_000
  const samples = Buffer.alloc(rate * seconds)
  for (let at = 0; at < samples.length; at += 1)
    samples[at] = 128 + Math.round(40 * Math.sin((at / rate) * 2 * Math.PI * 440))
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(samples.length, 40)
  return { name, mimeType: 'audio/wav', buffer: Buffer.concat([head, samples]) }
}

export const pdf = (name: string): Sample => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
})

/** Bytes that no packing makes smaller, the same in each run. */
export function bulk(name: string, bytes: number): Sample {
  const buffer = Buffer.alloc(bytes)
  let seed = 7
  for (let at = 0; at < bytes; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
    buffer[at] = seed >> 16
  }
  return { name, mimeType: 'application/octet-stream', buffer }
}
