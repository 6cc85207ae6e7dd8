import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

const chunk = (name: string, body: Uint8Array): Buffer => {
  const named = Buffer.concat([Buffer.from(name), body])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(body.length)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}

/** A PNG of one colour: a few hundred bytes a megapixel, however large it is unpacked. */
export function pngOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const pixels = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height))
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
      chunk('IHDR', head),
      chunk('tEXt', Buffer.from('Comment\0a secret word')),
      chunk('IDAT', pixels),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

type Format = 'jpeg' | 'png' | 'webp' | 'avif'

/** A picture, red at its left and blue at its right, with a place and a name in its metadata. */
export async function photo(
  format: Format,
  { width = 60, height = 40, orientation = 1 } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const blue = await sharp({
    create: { width: width / 2, height, channels: 3, background: '#00f' },
  })
    .png()
    .toBuffer()
  const made = await sharp({ create: { width, height, channels: 3, background: '#f00' } })
    .composite([{ input: blue, left: width / 2, top: 0 }])
    .withMetadata({ orientation })
    .withExifMerge({
      IFD0: { Artist: 'Mallory Canary' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
    })
    .toFormat(format)
    .toBuffer()
  return new Uint8Array(made)
}

/** Three frames, 100 ms each, for ever. */
export async function moving(format: 'gif' | 'webp'): Promise<Uint8Array<ArrayBuffer>> {
  const [width, height, frames] = [32, 24, 3]
  const pixels = Buffer.alloc(width * height * 3 * frames)
  for (let frame = 0; frame < frames; frame += 1) {
    pixels.fill(frame * 90, frame * width * height * 3, (frame + 1) * width * height * 3)
  }
  const made = sharp(pixels, {
    raw: { width, height: height * frames, channels: 3, pageHeight: height },
  })
  const options = { delay: [100, 100, 100], loop: 0 }
  return new Uint8Array(await made[format](options).toBuffer())
}
