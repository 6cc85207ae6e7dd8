import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Draft, Spool } from '../files/ports.ts'
import { tooLarge } from '../files/refusals.ts'
import { asDiskError } from './disk-errors.ts'

/** Enough for every signature, and for a page at the beginning of what is none. */
const headBytes = 4_096
/** No upload takes so long. */
const leftAfterMs = 24 * 3_600_000

/** Takes uploads into files of a directory; on the disk of the store, a finished one only changes its name. */
export function createDiskSpool(directory: string): Spool {
  const newPath = async (): Promise<string> => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    return join(directory, randomUUID())
  }

  /** Runs `work` on a new path, which is gone again when that fails. */
  const onNewPath = async (work: (path: string) => Promise<Draft>): Promise<Draft> => {
    const path = await newPath()
    try {
      return await work(path)
    } catch (error) {
      await rm(path, { force: true })
      throw asDiskError(error)
    }
  }

  return {
    take: (body, maxBytes) =>
      onNewPath(async (path) => {
        const reading = startReading()
        const file = await open(path, 'wx', 0o600)
        try {
          for await (const part of body) {
            if (reading.bytes + part.byteLength > maxBytes) throw tooLarge(maxBytes)
            reading.read(part)
            await file.writeFile(part)
          }
        } finally {
          await file.close()
        }
        return reading.draft(path)
      }),

    make: (write) =>
      onNewPath(async (path) => {
        await write(path)
        const reading = startReading()
        for await (const part of bytesOf(path)) reading.read(part)
        return reading.draft(path)
      }),

    async sweep() {
      await mkdir(directory, { recursive: true, mode: 0o700 })
      for (const name of await readdir(directory)) {
        const path = join(directory, name)
        const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
        if (mtimeMs < Date.now() - leftAfterMs) await rm(path, { force: true })
      }
    },
  }
}

// A stream of a file opened without an encoding gives bytes.
const bytesOf = (path: string) => createReadStream(path) as AsyncIterable<Uint8Array>

/** Counts, hashes and keeps the beginning of what is read. */
function startReading() {
  const hash = createHash('sha256')
  const head = new Uint8Array(headBytes)
  return {
    bytes: 0,
    read(part: Uint8Array) {
      if (this.bytes < headBytes) {
        head.set(part.subarray(0, headBytes - this.bytes), this.bytes)
      }
      hash.update(part)
      this.bytes += part.byteLength
    },
    draft(path: string): Draft {
      return {
        hash: hash.digest('hex'),
        bytes: this.bytes,
        head: head.subarray(0, Math.min(this.bytes, headBytes)),
        path,
        read: () => bytesOf(path),
        drop: () => rm(path, { force: true }),
      }
    },
  }
}
