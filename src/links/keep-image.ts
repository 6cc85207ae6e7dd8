import type { Sql } from 'postgres'
import { keep } from '../files/keep.ts'
import { mediaOf } from '../files/media-type.ts'
import type { Draft, FileDeps } from '../files/ports.ts'
import { AppError } from '../protocol/errors.ts'
import type { File } from '../protocol/files.ts'
import type { LinkPreview } from '../protocol/links.ts'
import { FetchRefused, guardedGet, type Network } from './guarded-get.ts'

export type PreviewImage = NonNullable<LinkPreview['image']>

interface ImageDeps {
  sql: Sql
  files: FileDeps
  network: Network
  newId: () => string
}

const image = {
  types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  maxBytes: 2 * 1024 * 1024,
  whenLarger: 'refuse',
} as const

/** Whose these files are: they count for nobody's space, and nobody takes them down. */
const nobody = '00000000-0000-0000-0000-000000000000'
/** Smaller ones are marks and counters, no pictures. */
const minSide = 48
/** As the smaller pictures of uploads are. */
const maxSide = 720

/**
 * The picture of a page, made small and kept here: who reads a chat asks the page's server for nothing.
 * It is a file that everyone signed in may see, like a profile picture.
 * @throws FetchRefused or AppError for what is no picture of use, or what the network threw
 */
export async function keepImage(
  deps: ImageDeps,
  url: string,
  stop: AbortSignal,
): Promise<PreviewImage> {
  const { spool, pictures } = deps.files
  const { bytes } = await guardedGet(deps.network, url, image, stop)
  const original = await spool.take(inOnePiece(bytes), image.maxBytes)
  try {
    if (mediaOf(original.head, '').kind !== 'image') throw new FetchRefused('no picture')
    const picture = await pictures.read(original.path)
    const { width, height } = picture
    if (Math.min(width, height) < minSide) throw new FetchRefused('a picture too small')
    const scale = Math.min(1, maxSide / Math.max(width, height))
    const small = await spool.make(picture.writeThumb)
    return await store(deps, small, {
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    })
  } finally {
    await original.drop()
  }
}

async function store(
  { sql, files, newId }: ImageDeps,
  body: Draft,
  size: { width: number; height: number },
): Promise<PreviewImage> {
  // Most pages of a site show the same picture.
  const [held] = await sql<{ id: string }[]>`
    select id from files where thumb_hash = ${body.hash} and owner_id = ${nobody} limit 1`
  if (held) {
    await body.drop()
    return { id: held.id, ...size }
  }
  const { hash, bytes } = body
  const named = { name: 'preview.webp', type: 'image/webp', kind: 'image' } as const
  const file: File = { id: newId(), ...named, bytes, ...size, thumb: true }
  await keep({ sql, blobs: files.blobs }, { shown: file, body, thumb: null }, async (tx) => {
    await tx`
      insert into files (id, owner_id, hash, thumb_hash, shown)
      values (${file.id}, ${nobody}, ${hash}, ${hash}, ${tx.json(file)})`
  })
  return { id: file.id, ...size }
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Whether a page has no picture of use, and nothing is wrong here. */
export const isOfTheImage = (error: unknown): boolean =>
  error instanceof FetchRefused || error instanceof AppError
