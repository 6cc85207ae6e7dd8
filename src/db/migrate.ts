import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { fileURLToPath } from 'node:url'
import type postgres from 'postgres'

const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url))
/** Any number that nothing else in the database locks by. */
const lockKey = 7_275_539

/**
 * Applies the migrations that are missing, one process at a time. Ends the client it is given.
 * @throws Error when the database was made by a newer Parley
 */
export async function migrateDatabase(single: postgres.Sql): Promise<void> {
  try {
    await single`select pg_advisory_lock(${lockKey})`
    const newest = readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0
    const [table] = await single`select to_regclass('drizzle.__drizzle_migrations') as name`
    if (table?.['name']) {
      const [applied] =
        await single`select max(created_at)::float8 as at from drizzle.__drizzle_migrations`
      if (Number(applied?.['at'] ?? 0) > newest) {
        throw new Error(
          'The database was made by a newer Parley: start that one, or restore a backup',
        )
      }
    }
    await migrate(drizzle(single), { migrationsFolder })
  } finally {
    // With the connection the lock goes.
    await single.end({ timeout: 5 })
  }
}
