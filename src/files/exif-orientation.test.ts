import { expect, test } from 'bun:test'
import { exifOrientation } from './exif-orientation.ts'
import { moving, photo, pngOf } from './pictures-scene.ts'

test.each(['jpeg', 'png', 'webp'] as const)('a %s says how it is to be turned', async (format) => {
  for (let orientation = 1; orientation <= 8; orientation += 1)
    expect(exifOrientation(await photo(format, { orientation }))).toBe(orientation)
})

test('what says nothing of it stands upright', async () => {
  for (const image of [pngOf(4, 4), await moving('gif'), await moving('webp'), new Uint8Array()])
    expect(exifOrientation(image)).toBe(1)
})

test('one that ends anywhere does no harm', async () => {
  for (const format of ['jpeg', 'png', 'webp'] as const) {
    const image = await photo(format, { orientation: 6 })
    for (let length = 0; length < image.length; length += 1)
      expect([1, 6]).toContain(exifOrientation(image.subarray(0, length)))
  }
})

test('a size of nothing and an orientation of nonsense are passed over', async () => {
  const image = await photo('jpeg', { orientation: 6 })
  for (let at = 2; at < 200; at += 1) {
    for (const byte of [0, 0xff]) {
      const broken = Uint8Array.from(image)
      broken[at] = byte
      const orientation = exifOrientation(broken)
      expect(orientation >= 1 && orientation <= 8).toBe(true)
    }
  }
})
