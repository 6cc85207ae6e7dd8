import { createHash, randomUUID } from 'node:crypto'
import { createTurns } from '../auth/turns.ts'
import { bareImage } from '../files/bare-image.ts'
import { exifOrientation } from '../files/exif-orientation.ts'
import { isMoving } from '../files/is-moving.ts'
import { mediaOf } from '../files/media-type.ts'
import type { BlobStore, Draft, FileDeps, Picture, Spool } from '../files/ports.ts'
import { badImage, tooLarge } from '../files/refusals.ts'
import { AppError } from '../protocol/errors.ts'
import type { EdgeEnv } from './edge-env.ts'

/** An object has 128 MB for everything. */
const heldMax = 48 * 2 ** 20
const headBytes = 4_096
const pixelsMax = 50_000_000
const thumbSide = 720
const squareSide = 256

/** By the paths that drafts name: there is no disk. */
type Held = Map<string, Uint8Array<ArrayBuffer>>

/** Uploads pass through memory; blobs lie in R2, pictures are made by Images. */
export function openEdgeFiles({ FILES, IMAGES }: Pick<EdgeEnv, 'FILES' | 'IMAGES'>): FileDeps {
  const held: Held = new Map()
  return {
    spool: createMemorySpool(held),
    blobs: createR2Blobs(FILES, held),
    pictures: { read: (path) => readPicture(IMAGES, held, path) },
  }
}

function createMemorySpool(held: Held): Spool {
  const room = (bytes: number): void => {
    let sum = bytes
    for (const { byteLength } of held.values()) sum += byteLength
    if (sum > heldMax) {
      throw new AppError('overloaded', 'Too many files come in at once; try again soon', {
        retryAfterMs: 2_000,
      })
    }
  }
  const keep = (path: string, bytes: Uint8Array<ArrayBuffer>): Draft => {
    held.set(path, bytes)
    return {
      hash: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.byteLength,
      head: bytes.subarray(0, headBytes),
      path,
      read: () => new Blob([bytes]).stream(),
      drop: () => Promise.resolve(void held.delete(path)),
    }
  }
  return {
    async take(body, maxBytes) {
      const path = randomUUID()
      const parts: Uint8Array<ArrayBuffer>[] = []
      let bytes = 0
      for await (const part of body) {
        bytes += part.byteLength
        if (bytes > maxBytes) throw tooLarge(maxBytes)
        room(bytes)
        parts.push(part.slice())
      }
      return keep(path, new Uint8Array(await new Blob(parts).arrayBuffer()))
    },
    async make(write) {
      const path = randomUUID()
      try {
        await write(path)
        return keep(path, bytesAt(held, path))
      } catch (error) {
        held.delete(path)
        throw error
      }
    },
    sweep: () => Promise.resolve(),
  }
}

function bytesAt(held: Held, path: string): Uint8Array<ArrayBuffer> {
  const bytes = held.get(path)
  if (!bytes) throw new Error('There is nothing at this path')
  return bytes
}

function createR2Blobs(bucket: R2Bucket, held: Held): BlobStore {
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      throw new AppError('overloaded', 'The store of files does not answer; try again soon', {
        cause,
        retryAfterMs: 2_000,
      })
    }
  }
  return {
    put: ({ hash, path }) =>
      asked(async () => {
        if (await bucket.head(hash)) return
        // R2 compares what it got with the hash.
        await bucket.put(hash, bytesAt(held, path), { sha256: hash })
      }),
    read: (hash, range) =>
      asked(async () => {
        const found = await bucket.get(
          hash,
          range ? { range: { offset: range.start, length: range.end - range.start + 1 } } : {},
        )
        return found?.body ?? null
      }),
    address: null,
    remove: (hash) => asked(() => bucket.delete(hash)),
  }
}

const inTurn = createTurns({
  atOnce: 2,
  waiting: 50,
  refusal: 'Too many pictures come in at once; try again soon',
})

async function readPicture(images: ImagesBinding, held: Held, path: string): Promise<Picture> {
  const bytes = bytesAt(held, path)
  const turned = exifOrientation(bytes)
  const stream = () => unturned(bytes, turned)
  const readable = <T>(work: () => Promise<T>): Promise<T> =>
    inTurn(work).catch((error: unknown) => {
      throw error instanceof AppError ? error : badImage('can’t be read', error)
    })
  const info = await readable(() => images.info(stream()))
  if (!('width' in info)) throw badImage('can’t be read')
  if (info.width * info.height > pixelsMax) throw badImage('has too many pixels')
  // From 5 on it lies on its side.
  const [width, height] = turned < 5 ? [info.width, info.height] : [info.height, info.width]
  const isPng = info.format === 'image/png'
  const uprightType = isPng ? 'image/png' : 'image/webp'
  const write = (transforms: ImageTransform[], format: 'image/webp' | 'image/png', to: string) =>
    readable(async () => {
      let image = images.input(stream())
      for (const each of [...(uprightBy[turned] ?? []), ...transforms])
        image = image.transform(each)
      const made = await image.output({ format })
      held.set(to, new Uint8Array(await made.response().arrayBuffer()))
    })
  return {
    width,
    height,
    turned,
    isAnimated: isMoving(bytes),
    uprightType,
    writeUpright: (to) => write([], uprightType, to),
    writeThumb: (to) => write([thumbOf(width, height)], 'image/webp', to),
    squareSide,
    writeSquare: (to) =>
      write([{ width: squareSide, height: squareSide, fit: 'cover' }], 'image/webp', to),
  }
}

/** Its pixels as they lie, and nothing that says how to turn them: whether Images heeds that is nowhere said. */
function unturned(bytes: Uint8Array<ArrayBuffer>, turned: number): ReadableStream<Uint8Array> {
  const whole = () => new Blob([bytes]).stream()
  if (turned === 1) return whole()
  const bare = bareImage(mediaOf(bytes.subarray(0, headBytes), '').type, whole(), 1)
  return bare ? streamOf(bare) : whole()
}

const streamOf = (parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = await parts.next()
      if (part.done) controller.close()
      else controller.enqueue(part.value)
    },
    async cancel() {
      await parts.return(undefined)
    },
  })

/** By Exif's orientation. Images flips before it turns, and it turns clockwise. */
const uprightBy: Record<number, ImageTransform[]> = {
  2: [{ flip: 'h' }],
  3: [{ rotate: 180 }],
  4: [{ flip: 'v' }],
  5: [{ flip: 'h', rotate: 270 }],
  6: [{ rotate: 90 }],
  7: [{ flip: 'h', rotate: 90 }],
  8: [{ rotate: 270 }],
}

/** The longer side; the other follows from it, also where `fit` is not known (in Miniflare). */
function thumbOf(width: number, height: number): ImageTransform {
  const side = Math.min(thumbSide, Math.max(width, height))
  return { fit: 'scale-down', ...(width >= height ? { width: side } : { height: side }) }
}
