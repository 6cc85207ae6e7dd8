import sharp, { type Sharp } from 'sharp'
import { createTurns } from '../auth/turns.ts'
import { badImage } from '../files/refusals.ts'
import type { Picture, Pictures } from '../files/ports.ts'
import { AppError } from '../protocol/errors.ts'

/** 10,000 × 10,000: more than cameras make, and what is unpacked of it fits a small server. */
const pixelsMax = 100_000_000
const secondsMax = 20
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
  atOnce: 2,
  waiting: 50,
  refusal: 'Too many pictures come in at once; try again soon',
})

const asWebp = (pixels: Sharp) => pixels.webp({ quality: 92 })
const encode: Record<string, (pixels: Sharp) => Sharp> = {
  'image/jpeg': (pixels) => pixels.jpeg({ quality: 92 }),
  'image/png': (pixels) => pixels.png(),
  [usualType]: asWebp,
}

/** Reads images with libvips, which runs off the main thread, two at a time. */
export const readPicture: Pictures['read'] = (path) => readable(() => read(path))

async function read(path: string): Promise<Picture> {
  const open = () => sharp(path, { limitInputPixels: pixelsMax, failOn: 'error' })
  const { mediaType, orientation = 1, pages = 1, autoOrient } = await open().metadata()
  const uprightType = mediaType && mediaType in encode ? mediaType : usualType
  const write = (pixels: Sharp, to: string) =>
    readable(async () => void (await pixels.timeout({ seconds: secondsMax }).toFile(to)))
  const upright = () => open().autoOrient()
  return {
    width: autoOrient.width,
    height: autoOrient.height,
    isUpright: orientation === 1,
    isAnimated: pages > 1,
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
    throw badImage(isHuge ? 'has too many pixels' : 'can’t be read', error)
  }
}
