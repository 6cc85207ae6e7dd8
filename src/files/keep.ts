import type { Sql, TransactionSql } from 'postgres'
import type { BlobStore } from './ports.ts'
import { claimBlobs } from './store.ts'
import type { TakenIn } from './take-in.ts'

/** Stores what was taken in, then does `work`, which names it in the database, in one transaction. */
export async function keep<T>(
  { sql, blobs }: { sql: Sql; blobs: BlobStore },
  { body, thumb }: TakenIn,
  work: (tx: TransactionSql) => Promise<T>,
): Promise<T> {
  const drafts = thumb ? [body, thumb] : [body]
  try {
    await claimBlobs(sql, drafts)
    for (const draft of drafts) await blobs.put(draft)
    // What comes out of a transaction is what went in; the client's type takes promises apart.
    return (await sql.begin(work)) as T
  } finally {
    for (const draft of drafts) await draft.drop()
  }
}
