import { ByteReader } from './byte-reader.ts'

interface Size {
  width: number
  height: number
}

/** What describes a film of hours. */
const movieBytesMax = 2 * 1024 * 1024
const sideMax = 16_384

/**
 * How large a film is shown, upright, so that its place can be kept before it is there; null where it
 * does not say. Of ISO media files (ISO 14496-12): MP4 and QuickTime.
 */
export async function videoSize(source: AsyncIterable<Uint8Array>): Promise<Size | null> {
  const reader = new ByteReader(source)
  try {
    for (;;) {
      const head = await reader.take(8)
      const name = nameAt(viewOf(head), 4)
      let body = viewOf(head).getUint32(0) - 8
      // The size is in the next eight bytes.
      if (body === -7) body = Number(viewOf(await reader.take(8)).getBigUint64(0)) - 16
      // To the end of the file, or nothing that a file can hold.
      if (body < 0) return null
      if (name === 'moov') {
        return body > movieBytesMax ? null : sizeOfMovie(viewOf(await reader.take(body)))
      }
      await reader.skip(body)
    }
  } catch (error) {
    // It ended in the middle; a player will say so.
    if (error instanceof RangeError) return null
    throw error
  } finally {
    await reader.close()
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength)

const nameAt = (view: DataView, at: number): string =>
  String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4))

/** The boxes of this name that lie directly in `box`. */
function* boxesIn(box: DataView, name: string): Generator<DataView> {
  for (let at = 0; at + 8 <= box.byteLength;) {
    const bytes = box.getUint32(at)
    if (bytes < 8 || at + bytes > box.byteLength) return
    if (nameAt(box, at + 4) === name) {
      yield new DataView(box.buffer, box.byteOffset + at + 8, bytes - 8)
    }
    at += bytes
  }
}

function sizeOfMovie(movie: DataView): Size | null {
  for (const track of boxesIn(movie, 'trak')) {
    for (const header of boxesIn(track, 'tkhd')) {
      const size = sizeOfTrack(header)
      // Sound has a track as well, of no size.
      if (size.width > 0 && size.height > 0 && Math.max(size.width, size.height) <= sideMax) {
        return size
      }
    }
  }
  return null
}

/** Of a track header, 8.3.2: a matrix that turns it, then width and height in 16.16. */
function sizeOfTrack(header: DataView): Size {
  // Version 1 has longer times.
  const matrix = header.getUint8(0) === 1 ? 52 : 40
  const [width, height] = [36, 40].map((at) => Math.round(header.getUint32(matrix + at) / 65_536))
  const isTurned = header.getInt32(matrix) === 0 && header.getInt32(matrix + 16) === 0
  const [across = 0, down = 0] = isTurned ? [height, width] : [width, height]
  return { width: across, height: down }
}
