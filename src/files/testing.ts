import type { FileDeps } from './ports.ts'

const unasked = (): Promise<never> => Promise.reject(new Error('not asked of here'))

/** For what has nothing to do with files. */
export const noFiles: FileDeps = {
  spool: { take: unasked, make: unasked, sweep: unasked },
  blobs: { put: unasked, read: unasked, address: null, remove: unasked },
  pictures: { read: unasked },
}
