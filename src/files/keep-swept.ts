import type { Logger } from '@logtape/logtape'
import type { Sql } from 'postgres'
import type { FileDeps } from './ports.ts'
import { sweepFiles } from './sweep.ts'

const sweepEveryMs = 15 * 60_000

/** Removes what nothing names any more. What fails is told to the log, and tried again the next time. */
export async function sweepNow(sql: Sql, files: FileDeps, log: Logger): Promise<void> {
  try {
    const removed = await sweepFiles(sql, files)
    if (removed.uploads + removed.blobs > 0) {
      log.info('removed {uploads} uploads that were not posted and {blobs} blobs', removed)
    }
  } catch (error) {
    log.warn('files could not be swept, which is tried again: {error}', { error })
  }
}

/** Now and then; returns what ends it. */
export function keepFilesSwept(sql: Sql, files: FileDeps, log: Logger): () => void {
  const timer = setInterval(() => void sweepNow(sql, files, log), sweepEveryMs)
  return () => clearInterval(timer)
}
