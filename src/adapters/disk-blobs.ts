import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BlobStore } from '../files/ports.ts'
import { hasCode } from '../db/file-errors.ts'
import { asDiskError } from './disk-errors.ts'

/**
 * Keeps blobs as files under `directory`, which is on the disk of the spool: a draft is forced to the
 * disk and then takes its final name in one step, so a crash leaves all of it or none.
 */
export function createDiskBlobs(directory: string): BlobStore {
  /** Two levels, for a directory of a million files is slow on many file systems. */
  const pathOf = (hash: string): string => {
    if (!/^[\da-f]{64}$/.test(hash)) throw new Error('not a SHA-256')
    return join(directory, hash.slice(0, 2), hash.slice(2, 4), hash)
  }

  return {
    async put({ hash, path }) {
      const final = pathOf(hash)
      if ((await sizeOf(final)) !== null) return
      try {
        await forceToDisk(path)
        await mkdir(dirname(final), { recursive: true, mode: 0o700 })
        await rename(path, final)
        for (const parent of [dirname(final), dirname(dirname(final)), directory]) {
          await forceToDisk(parent)
        }
      } catch (error) {
        throw asDiskError(error)
      }
    },

    async read(hash, range) {
      const path = pathOf(hash)
      const bytes = await sizeOf(path)
      if (bytes === null) return null
      // Bun sends a file without reading it into memory; a slice ends before its second bound.
      return range ? Bun.file(path).slice(range.start, range.end + 1) : Bun.file(path)
    },

    address: null,

    async remove(hash) {
      await rm(pathOf(hash), { force: true })
    },
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

async function forceToDisk(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
