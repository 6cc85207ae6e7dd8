import type { Sql } from 'postgres'
import type { FileDeps } from './ports.ts'

/** At once in one transaction, which holds a connection while the store works. */
const batch = 100

/**
 * Removes uploads that were not posted for a day, and bytes that no file names any more. Any node may do
 * it at any time, several at once too:
 *
 * whoever stores bytes first touches their row of `blobs` (`claimBlobs`), then stores them, then names
 * them. Here a row is removed only while it is locked, an hour after it was touched last, and with its
 * bytes. So a claim either comes first, and the row is too young; or waits for the lock, and then stores
 * the bytes anew.
 *
 * @returns how many of each were removed
 */
export async function sweepFiles(
  sql: Sql,
  { blobs, spool }: Pick<FileDeps, 'blobs' | 'spool'>,
): Promise<{ uploads: number; blobs: number }> {
  await spool.sweep()
  const { count } = await sql`
    delete from files
    where chat_id is null and room_id is not null and created_at < now() - interval '24 hours'`
  let removed = 0
  for (;;) {
    const some = await sweepBatch(sql, blobs)
    removed += some
    if (some < batch) return { uploads: count, blobs: removed }
  }
}

const sweepBatch = (sql: Sql, blobs: FileDeps['blobs']): Promise<number> =>
  sql.begin(async (tx) => {
    const rows = await tx<{ hash: string }[]>`
      select hash from blobs
      where created_at < now() - interval '1 hour'
        and not exists (select from files where files.hash = blobs.hash)
        and not exists (select from files where files.thumb_hash = blobs.hash)
      limit ${batch}
      for update skip locked`
    const hashes = rows.map(({ hash }) => hash)
    for (const hash of hashes) await blobs.remove(hash)
    await tx`delete from blobs where hash = any (${hashes})`
    return hashes.length
  })
