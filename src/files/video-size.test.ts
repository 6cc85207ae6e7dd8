import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { videoSize } from './video-size.ts'

const box = (name: string, ...parts: Uint8Array[]): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0))
  head.write(name, 4)
  return Buffer.concat([head, ...parts])
}

const [one, none] = [0x10000, 0]
const upright = [one, none, none, one]
const quarter = [none, one, -one, none]

function track(width: number, height: number, { turn = upright, version = 0 } = {}): Buffer {
  const matrix = version === 1 ? 52 : 40
  const header = Buffer.alloc(matrix + 44)
  header[0] = version
  for (const [index, at] of [0, 4, 12, 16].entries()) {
    header.writeInt32BE(turn[index] ?? 0, matrix + at)
  }
  header.writeUInt32BE(width * 65_536, matrix + 36)
  header.writeUInt32BE(height * 65_536, matrix + 40)
  return box('trak', box('tkhd', header))
}

const start = box('ftyp', Buffer.from('isom'))
const film = box('mdat', Buffer.alloc(100_000))

async function* piecesOf(bytes: Uint8Array, size = 1_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const sizeOf = (...boxes: Uint8Array[]) => videoSize(piecesOf(Buffer.concat(boxes)))

test('a film says its size in front of its pictures or behind them, beside its sound', async () => {
  const movie = box('moov', box('mvhd', Buffer.alloc(100)), track(0, 0), track(1_280, 720))
  const size = { width: 1_280, height: 720 }
  expect(await sizeOf(start, movie, film)).toEqual(size)
  expect(await sizeOf(start, film, movie)).toEqual(size)
})

test('a film that was made holding the phone upright is told as it is shown', async () => {
  for (const version of [0, 1]) {
    const movie = box('moov', track(1_920, 1_080, { turn: quarter, version }))
    expect(await sizeOf(start, movie)).toEqual({ width: 1_080, height: 1_920 })
  }
})

test('pictures of 64-bit length are passed over', async () => {
  const large = Buffer.alloc(16 + 50)
  large.writeUInt32BE(1)
  large.write('mdat', 4)
  large.writeBigUInt64BE(66n, 8)
  expect(await sizeOf(large, box('moov', track(640, 480)))).toEqual({ width: 640, height: 480 })
})

test('where there is no size there is none, and nothing fails', async () => {
  expect(await sizeOf(start, film)).toBeNull()
  expect(await sizeOf(start, box('moov', track(0, 0)))).toBeNull()
  expect(await sizeOf(start, box('moov', track(60_000, 10)))).toBeNull()
  expect(await sizeOf(start, box('moov', track(640, 480)).subarray(0, 40))).toBeNull()
  const movie = box('moov', track(640, 480))
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: movie.length - 1 }), fc.nat({ max: 255 }), async (at, value) => {
      const broken = Buffer.from(movie)
      broken[at] = value
      await sizeOf(start, broken)
    }),
    { seed: 14_496 },
  )
})
