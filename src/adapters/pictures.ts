import sharp, { type Sharp } from 'sharp'
import { createTurns } from '../auth/turns.ts'
import { badImage } from '../files/refusals.ts'
import type { Picture, Pictures } from '../files/ports.ts'
import { AppError } from '../protocol/errors.ts'

/**
 * As many as phones make. Most images are unpacked line by line; the interlaced ones whole, at 4 bytes a
 * pixel, and AVIF at 20 (measured), so of that there may be fewer.
 */
const pixelsMax = 50_000_000
const pixelsMaxOfAvif = 16_000_000
const secondsMax = 20
const tooManyPixels = 'has too many pixels'
/** What the others become, which not every browser shows. */
const usualType = 'image/webp'
const thumbSide = 720
const squareSide = 256

// What libvips keeps for a next time that never comes is memory; the turns below are its threads.
sharp.cache(false)
sharp.concurrency(1)
// Of all that it can read, only what Parley shows: the rest is code for strangers to try.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`),
})

const inTurn = createTurns({
  atOnce: 1,
  waiting: 50,
  refusal: 'Too many pictures come in at once; try again soon',
})

const asWebp = (pixels: Sharp) => pixels.webp({ quality: 92, effort: 2 })
const encode: Record<string, (pixels: Sharp) => Sharp> = {
  'image/png': (pixels) => pixels.png(),
  [usualType]: asWebp,
}

/** Reads images with libvips, which runs off the main thread, one at a time. */
export const readPicture: Pictures['read'] = (path) => readable(() => read(path))

async function read(path: string): Promise<Picture> {
  const open = () => sharp(path, { limitInputPixels: pixelsMax, failOn: 'error' })
  const metadata = await open().metadata()
  const { mediaType, orientation = 1, pages = 1 } = metadata
  const { width, height } = metadata.autoOrient
  if (mediaType === 'image/avif' && width * height > pixelsMaxOfAvif) throw badImage(tooManyPixels)
  const uprightType = mediaType && mediaType in encode ? mediaType : usualType
  const write = (pixels: Sharp, to: string) =>
    readable(async () => void (await pixels.timeout({ seconds: secondsMax }).toFile(to)))
  const upright = () => open().autoOrient()
  return {
    width,
    height,
    turned: orientation,
    isAnimated: pages > 1 && (mediaType === 'image/gif' || mediaType === 'image/webp'),
    uprightType,
    writeUpright: (to) => write((encode[uprightType] ?? asWebp)(upright()), to),
    writeThumb: (to) =>
      write(
        upright()
          .resize(thumbSide, thumbSide, { fit: 'inside', withoutEnlargement: true })
          .webp({ quality: 80 }),
        to,
      ),
    squareSide,
    writeSquare: (to) => write(upright().resize(squareSide, squareSide).webp({ quality: 85 }), to),
  }
}

/** Does `work` in turn; what libvips says of an image becomes a refusal of that image. */
async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await inTurn(work)
  } catch (error) {
    if (error instanceof AppError || !(error instanceof Error)) throw error
    // It has no codes, only words; of the disk they are the system's.
    if (/No space left|quota exceeded/i.test(error.message)) {
      throw new AppError('storage_full', 'The server has no room for this file', { cause: error })
    }
    if (/Input file is missing/.test(error.message)) throw error
    const isHuge = /pixel limit|dimensions|too (large|big)/i.test(error.message)
    throw badImage(isHuge ? tooManyPixels : 'can’t be read', error)
  }
}
