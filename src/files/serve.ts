import type { Context } from 'hono'
import type { AppEnv } from '../http/context.ts'
import type { FileKind } from '../protocol/files.ts'
import { dispositionOf } from './file-name.ts'
import type { BlobStore, ByteRange } from './ports.ts'
import { rangeOf } from './range.ts'
import { noSuchFile } from './refusals.ts'

interface Served {
  hash: string
  bytes: number
  name: string
  type: string
  kind: FileKind
  /** To be saved, whatever it is. */
  isDownload: boolean
  /** Everyone may see it, for as long as it exists. */
  isPublic: boolean
}

/** Who is removed from a room sees its files for so long in the cache of their browser (security 24). */
const cachedSeconds = 60
const publicSeconds = 86_400
/** Shorter than the address that it leads to is good for. */
const redirectSeconds = 20

/** Answers with a stored file, or with where it is. Ask `seeFile` first. */
export async function serve(c: Context<AppEnv>, blobs: BlobStore, file: Served): Promise<Response> {
  const isShown = file.kind !== 'file' && !file.isDownload
  // Nothing that a browser could run is ever told to be what it is (security 50).
  const type = file.kind === 'file' ? 'application/octet-stream' : file.type
  const disposition = dispositionOf(isShown ? 'inline' : 'attachment', file.name)
  const isPlayed = isShown && (file.kind === 'video' || file.kind === 'audio')
  if (blobs.address && !isPlayed) {
    const location = await blobs.address(file.hash, { type, disposition })
    const headers = { Location: location, 'Cache-Control': `private, max-age=${redirectSeconds}` }
    return new Response(null, { status: 302, headers })
  }
  const etag = `"${file.hash}"`
  const seconds = file.isPublic ? publicSeconds : cachedSeconds
  const headers = new Headers({
    'Content-Type': type,
    'Content-Disposition': disposition,
    // Opened by itself it may do nothing: no script, no frame, no request (security 51).
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cache-Control': `private, max-age=${seconds}, must-revalidate`,
    'Accept-Ranges': 'bytes',
    ETag: etag,
  })
  if (c.req.header('if-none-match')?.includes(etag)) {
    return new Response(null, { status: 304, headers })
  }
  const isSame = (c.req.header('if-range') ?? etag) === etag
  const range = isSame ? rangeOf(c.req.header('range'), file.bytes) : null
  if (range === 'none') {
    headers.set('Content-Range', `bytes */${file.bytes}`)
    return new Response(null, { status: 416, headers })
  }
  return send(blobs, file, range, headers)
}

async function send(
  blobs: BlobStore,
  file: Served,
  range: ByteRange | null,
  headers: Headers,
): Promise<Response> {
  const body = await blobs.read(file.hash, range ?? undefined)
  if (!body) throw noSuchFile()
  headers.set('Content-Length', String(range ? range.end - range.start + 1 : file.bytes))
  if (!range) return new Response(body, { headers })
  headers.set('Content-Range', `bytes ${range.start}-${range.end}/${file.bytes}`)
  return new Response(body, { status: 206, headers })
}
