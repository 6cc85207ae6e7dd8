import { closeSync, mkdtempSync, openSync, rmSync, rmdirSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small disk of its own, in memory, that can be filled up. */
export interface Disk {
  /** A directory on it, not made yet. */
  dataDir: string
  /** Takes all the room that is left. */
  fill: () => void
  free: () => void
  /** After everything on it has ended. */
  close: () => void
}

/** @throws Error where this process may not mount */
export function openDisk(megabytes: number): Disk {
  const path = mkdtempSync(join(tmpdir(), 'parley-small-disk-'))
  const mounted = Bun.spawnSync(['mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path])
  if (!mounted.success) {
    rmdirSync(path)
    throw new Error(`A small disk can't be mounted here: ${mounted.stderr.toString().trim()}`)
  }
  const ballast = join(path, 'ballast')
  return {
    dataDir: join(path, 'data'),
    fill() {
      const file = openSync(ballast, 'a')
      const block = Buffer.alloc(64 * 1024)
      try {
        for (;;) writeSync(file, block)
      } catch {
        // That is what was wanted: there is no room any more.
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(ballast, { force: true }),
    close() {
      Bun.spawnSync(['umount', path])
      rmdirSync(path)
    },
  }
}
