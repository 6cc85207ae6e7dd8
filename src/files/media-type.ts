import type { FileKind } from '../protocol/files.ts'

export interface Media {
  kind: FileKind
  type: string
}

const plain: Media = { kind: 'file', type: 'application/octet-stream' }

const ascii = (head: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...head.subarray(start, end))

/** Bytes at their places, and what they mean. Of those that a browser may show by itself, and of common documents. */
const signatures: (Media & { magic: [at: number, text: string][] })[] = [
  { kind: 'image', type: 'image/jpeg', magic: [[0, '\xFF\xD8\xFF']] },
  { kind: 'image', type: 'image/png', magic: [[0, '\x89PNG\r\n\x1A\n']] },
  { kind: 'image', type: 'image/gif', magic: [[0, 'GIF87a']] },
  { kind: 'image', type: 'image/gif', magic: [[0, 'GIF89a']] },
  {
    kind: 'image',
    type: 'image/webp',
    magic: [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
  },
  {
    kind: 'audio',
    type: 'audio/wav',
    magic: [
      [0, 'RIFF'],
      [8, 'WAVE'],
    ],
  },
  { kind: 'audio', type: 'audio/mpeg', magic: [[0, 'ID3']] },
  { kind: 'audio', type: 'audio/flac', magic: [[0, 'fLaC']] },
  { kind: 'file', type: 'application/pdf', magic: [[0, '%PDF-']] },
  { kind: 'file', type: 'application/zip', magic: [[0, 'PK\x03\x04']] },
  { kind: 'file', type: 'application/gzip', magic: [[0, '\x1F\x8B']] },
]

/** ISO media files say in `ftyp` what they are for. */
const brands: Record<string, Media> = {
  avif: { kind: 'image', type: 'image/avif' },
  'M4A ': { kind: 'audio', type: 'audio/mp4' },
  'M4B ': { kind: 'audio', type: 'audio/mp4' },
  'qt  ': { kind: 'video', type: 'video/quicktime' },
}
const videoBrands = /^(isom|iso\d|mp4\d|avc1|M4V |M4VP|dash|MSNV|3gp\d|mmp4)$/

/** Names that a system opens as a page or a program, whatever is in the file (security 50). */
const activeName = /\.(x?html?|shtml|xht|mht|mhtml|svgz?|xml|xsl|xslt|rdf|m?js|cjs|css|swf|hta)$/i
/** A page somewhere in the beginning of what claims to be something else: a polyglot (security 50). */
const markup = /<(!doctype|html|head|body|script|svg|iframe|xsl:|\?xml-stylesheet)/i

/**
 * What a file is by its first bytes, never by what the other side says. Whatever is not known to be
 * harmless in a browser is a `file`, which is downloaded and never shown.
 */
export function mediaOf(head: Uint8Array, name: string): Media {
  const found = mediaOfBytes(head)
  if (found.kind === 'image') return activeName.test(name) ? plain : found
  if (activeName.test(name) || markup.test(ascii(head, 0, head.length))) return plain
  return found
}

function mediaOfBytes(head: Uint8Array): Media {
  for (const { magic, kind, type } of signatures) {
    if (magic.every(([at, text]) => ascii(head, at, at + text.length) === text)) {
      return { kind, type }
    }
  }
  if (ascii(head, 4, 8) === 'ftyp') return isoMedia(head)
  if (ascii(head, 0, 4) === '\x1A\x45\xDF\xA3') {
    return /\x42\x82.webm/s.test(ascii(head, 0, 64)) ? { kind: 'video', type: 'video/webm' } : plain
  }
  if (ascii(head, 0, 4) === 'OggS') {
    const isVideo = ascii(head, 28, 35) === '\x80theora'
    return { kind: isVideo ? 'video' : 'audio', type: isVideo ? 'video/ogg' : 'audio/ogg' }
  }
  if (isMpegAudio(head)) return { kind: 'audio', type: 'audio/mpeg' }
  if (isAdts(head)) return { kind: 'audio', type: 'audio/aac' }
  return isText(head) ? { kind: 'file', type: 'text/plain' } : plain
}

function isoMedia(head: Uint8Array): Media {
  const brand = ascii(head, 8, 12)
  // Songs often come under the brand of films, and name their own among those they fit.
  const isSong = ascii(head, 16, new DataView(head.buffer, head.byteOffset).getUint32(0)).includes(
    'M4A ',
  )
  if (videoBrands.test(brand) && !isSong) return { kind: 'video', type: 'video/mp4' }
  if (videoBrands.test(brand)) return { kind: 'audio', type: 'audio/mp4' }
  return brands[brand] ?? plain
}

/** A frame of MPEG layer III, with a bit rate and a sampling rate that exist. */
function isMpegAudio([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  const isSync = first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08
  return isSync && (second & 0x06) === 0x02 && third >> 4 < 15 && (third & 0x0c) !== 0x0c
}

const isAdts = ([first = 0, second = 0]: Uint8Array): boolean =>
  first === 0xff && (second & 0xf6) === 0xf0

function isText(head: Uint8Array): boolean {
  // A character may be cut at the end of what was read.
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  try {
    // eslint-disable-next-line no-control-regex -- what no text holds
    return !/[\0-\x08\x0B\x0E-\x1A\x1C-\x1F]/.test(text.decode(head, { stream: true }))
  } catch {
    return false
  }
}
