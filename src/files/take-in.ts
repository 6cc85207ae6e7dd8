import type { File } from '../protocol/files.ts'
import { bareImage } from './bare-image.ts'
import { cleanName } from './file-name.ts'
import { mediaOf } from './media-type.ts'
import type { Draft, FileDeps, Picture } from './ports.ts'
import { badImage } from './refusals.ts'
import { videoSize } from './video-size.ts'

/** An upload as it will be stored. Its drafts are the taker's to drop. */
export interface TakenIn {
  shown: Omit<File, 'id'>
  body: Draft
  thumb: Draft | null
}

interface Upload {
  name: string
  alt?: string | undefined
  body: AsyncIterable<Uint8Array>
  maxBytes: number
}

type Tools = Pick<FileDeps, 'spool' | 'pictures'>

/**
 * Takes an upload in: finds out what it is, and of an image makes one without metadata and a smaller one.
 * @throws AppError `too_large`, `invalid`, `storage_full`, `overloaded`
 */
export async function takeIn(
  tools: Tools,
  { name: given, alt, body, maxBytes }: Upload,
): Promise<TakenIn> {
  const upload = await tools.spool.take(body, maxBytes)
  const name = cleanName(given)
  const { kind, type } = mediaOf(upload.head, name)
  const described = alt ? { alt } : {}
  if (kind !== 'image') {
    const size = kind === 'video' ? await sizeOf(upload) : null
    const shown = { name, type, bytes: upload.bytes, kind, ...size, ...described }
    return { shown, body: upload, thumb: null }
  }
  try {
    const picture = await tools.pictures.read(upload.path)
    // It unpacks every pixel, so what is broken is found before anything of it is kept.
    const thumb = await tools.spool.make(picture.writeThumb)
    try {
      const stored = await cleaned(tools, upload, type, picture)
      const shown = {
        name: renamed(name, type, stored.type),
        type: stored.type,
        bytes: stored.draft.bytes,
        kind,
        width: picture.width,
        height: picture.height,
        thumb: true as const,
        ...(picture.isAnimated && { animated: true as const }),
        ...described,
      }
      return { shown, body: stored.draft, thumb }
    } catch (error) {
      await thumb.drop()
      throw error
    }
  } finally {
    await upload.drop()
  }
}

async function sizeOf(upload: Draft) {
  try {
    return await videoSize(upload.read())
  } catch (error) {
    await upload.drop()
    throw error
  }
}

/** The image without metadata: what is no pixel left out, or else unpacked, turned and packed again. */
async function cleaned(
  { spool }: Tools,
  upload: Draft,
  type: string,
  picture: Picture,
): Promise<{ type: string; draft: Draft }> {
  const turned = picture.isAnimated ? 1 : picture.turned
  const bare = bareImage(type, upload.read(), turned)
  if (bare === null) {
    return { type: picture.uprightType, draft: await spool.make(picture.writeUpright) }
  }
  try {
    return { type, draft: await spool.take(bare, Number.POSITIVE_INFINITY) }
  } catch (error) {
    throw error instanceof RangeError ? badImage('can’t be read', error) : error
  }
}

/** A name must not promise what the file no longer is. */
const renamed = (name: string, type: string, storedType: string): string =>
  type === storedType ? name : `${name.replace(/\.\w{1,5}$/, '')}.${storedType.split('/')[1]}`

/** A profile picture: a square, and nothing else is kept of the image. */
export async function takeInSquare(
  { spool, pictures }: Tools,
  upload: Pick<Upload, 'body' | 'maxBytes'>,
): Promise<TakenIn> {
  const original = await spool.take(upload.body, upload.maxBytes)
  try {
    if (mediaOf(original.head, '').kind !== 'image') throw badImage('can’t be read')
    const picture = await pictures.read(original.path)
    const body = await spool.make(picture.writeSquare)
    const size = { width: picture.squareSide, height: picture.squareSide }
    const shown = { name: 'picture.webp', type: 'image/webp', bytes: body.bytes, ...size }
    return { shown: { ...shown, kind: 'image', thumb: true }, body, thumb: body }
  } finally {
    await original.drop()
  }
}
