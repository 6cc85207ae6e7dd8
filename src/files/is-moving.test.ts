import { expect, test } from 'bun:test'
import sharp from 'sharp'
import { isMoving } from './is-moving.ts'
import { moving, photo, pngOf } from './pictures-scene.ts'

test.each(['gif', 'webp'] as const)('a %s of several pictures moves', async (format) => {
  expect(isMoving(await moving(format))).toBe(true)
})

test('one picture does not', async () => {
  const gif = await sharp(pngOf(8, 8)).gif().toBuffer()
  const webp = await photo('webp')
  for (const image of [gif, webp, pngOf(4, 4), new Uint8Array()])
    expect(isMoving(image)).toBe(false)
})

test('one that ends anywhere does no harm', async () => {
  const gif = await moving('gif')
  for (let length = 0; length < gif.length; length += 1)
    expect(isMoving(gif.subarray(0, length))).toBeBoolean()
})
