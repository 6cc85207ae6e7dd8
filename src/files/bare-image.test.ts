import { expect, test } from 'bun:test'
import fc from 'fast-check'
import sharp from 'sharp'
import { bareImage } from './bare-image.ts'
import { moving, photo, pngOf } from './pictures-scene.ts'

async function* piecesOf(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const bareOf = async (
  type: string,
  bytes: Uint8Array,
  turned = 1,
  size = 4_096,
): Promise<Buffer> => {
  const out: Uint8Array[] = []
  for await (const piece of bareImage(type, piecesOf(bytes, size), turned) ?? []) {
    out.push(piece.slice())
  }
  return Buffer.concat(out)
}
const pixelsOf = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer()

test.each(['jpeg', 'png', 'webp'] as const)(
  'security 53: a %s loses its metadata and no pixel, in whatever pieces it comes',
  async (format) => {
    const bytes = await photo(format)
    expect((await sharp(bytes).metadata()).exif?.includes('Canary')).toBe(true)
    const bare = await bareOf(`image/${format}`, bytes)
    expect(bare.includes('Canary')).toBe(false)
    expect((await sharp(bare).metadata()).exif).toBeUndefined()
    expect((await pixelsOf(bare)).equals(await pixelsOf(bytes))).toBe(true)
    for (const size of [1, 2, 7, 100]) {
      expect((await bareOf(`image/${format}`, bytes, 1, size)).equals(bare)).toBe(true)
    }
  },
)

test.each(['gif', 'webp'] as const)(
  'a %s keeps its frames, their times and its repeating',
  async (format) => {
    const bytes = await moving(format)
    const { pages, delay, loop } = await sharp(await bareOf(`image/${format}`, bytes)).metadata()
    expect({ pages, delay, loop }).toEqual({ pages: 3, delay: [100, 100, 100], loop: 0 })
  },
)

test('the file behind it is closed, whether it is read to its end, broken off, or broken', async () => {
  let open = 0
  async function* watched(bytes: Uint8Array) {
    open += 1
    try {
      yield* piecesOf(bytes, 64)
    } finally {
      open -= 1
    }
  }
  const png = Buffer.concat([await photo('png'), Buffer.alloc(1_000)])
  for (const bytes of [png, png.subarray(0, 300), Buffer.from('no image at all')]) {
    const read = async () => {
      for await (const _ of bareImage('image/png', watched(bytes), 1) ?? []) continue
    }
    await read().catch((error) => expect(error).toBeInstanceOf(RangeError))
  }
  for await (const _ of bareImage('image/png', watched(png), 1) ?? []) break
  expect(open).toBe(0)
})

test('a turned JPEG says how, and a turned PNG can only be unpacked', async () => {
  for (const turned of [2, 3, 6, 8]) {
    const bare = await bareOf('image/jpeg', await photo('jpeg', { orientation: turned }), turned)
    expect((await sharp(bare).metadata()).orientation).toBe(turned)
  }
  expect(bareImage('image/png', piecesOf(pngOf(2, 2), 9), 6)).toBeNull()
  expect(bareImage('image/avif', piecesOf(pngOf(2, 2), 9), 1)).toBeNull()
})

test.each(['jpeg', 'png', 'webp', 'gif'] as const)(
  'security 50: what is hidden behind the end of a %s is left out',
  async (format) => {
    const bytes = format === 'gif' ? await moving('gif') : await photo(format)
    const polyglot = Buffer.concat([bytes, Buffer.from('<script>canary()</script>PK\x03\x04')])
    const bare = await bareOf(`image/${format}`, polyglot)
    expect(bare.includes('canary')).toBe(false)
    expect(bare.equals(await bareOf(`image/${format}`, bytes))).toBe(true)
  },
)

test('words in a PNG, comments in a GIF and in a JPEG are left out', async () => {
  const png = pngOf(4, 4)
  expect(Buffer.from(png).includes('a secret word')).toBe(true)
  expect((await bareOf('image/png', png)).includes('secret')).toBe(false)
  const gif = Buffer.from(await moving('gif'))
  // Behind the header and its palette, where the first block begins.
  const at = gif.indexOf(Buffer.of(0x21, 0xff))
  const comment = Buffer.concat([Buffer.of(0x21, 0xfe, 6), Buffer.from('secret'), Buffer.of(0)])
  const spoken = Buffer.concat([gif.subarray(0, at), comment, gif.subarray(at)])
  expect((await bareOf('image/gif', spoken)).equals(await bareOf('image/gif', gif))).toBe(true)
  const jpeg = Buffer.from(await photo('jpeg'))
  const noted = Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.of(0xff, 0xfe, 0, 8),
    Buffer.from('secret'),
    jpeg.subarray(2),
  ])
  expect((await bareOf('image/jpeg', noted)).equals(await bareOf('image/jpeg', jpeg))).toBe(true)
})

test('anything at all is read to its end or refused, and never for ever', async () => {
  const types = ['image/jpeg', 'image/png', 'image/gif', 'image/webp']
  const starts = await Promise.all([photo('jpeg'), photo('png'), moving('gif'), photo('webp')])
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 3 }),
      fc.nat({ max: 400 }),
      fc.uint8Array({ maxLength: 300 }),
      async (which, kept, rest) => {
        const bytes = Buffer.concat([(starts[which] ?? rest).subarray(0, kept), rest])
        try {
          await bareOf(types[which] ?? '', bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      },
    ),
    { seed: 53, numRuns: 500 },
  )
})
