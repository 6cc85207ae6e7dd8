import { expect, test } from 'bun:test'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import postgres from 'postgres'
import { readIdentity } from './identity.ts'
import { migrateDatabase } from './migrate.ts'
import { tcpDatabaseUrl, testDatabase } from './testing.ts'

const client = (url: string) => postgres(url, { max: 1, onnotice: () => {} })
const files = readMigrationFiles({
  migrationsFolder: new URL('../../drizzle', import.meta.url).pathname,
})

test('processes that migrate an empty database at once all end well, and each migration ran once', async () => {
  const url = await tcpDatabaseUrl()
  await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(client(url))))
  const sql = client(url)
  const applied = await sql`select hash from drizzle.__drizzle_migrations order by id`
  expect(applied.map((row) => String(row['hash']))).toEqual(files.map(({ hash }) => hash))
  // Functions in plpgsql, written by hand, came with the tables.
  const [row] = await sql`select to_regproc('commit_posts')::text as name`
  expect(row?.['name']).toBe('commit_posts')
  await sql.end()
})

test('a database that is up to date stays as it is', async () => {
  const { single, sql, drop } = await testDatabase()
  const epoch = (await readIdentity(sql)).epoch
  await migrateDatabase(single())
  expect((await readIdentity(sql)).epoch).toBe(epoch)
  await drop()
})

test('a database made by a newer Parley is refused', async () => {
  const { single, sql, drop } = await testDatabase()
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9e12)`
  await expect(migrateDatabase(single())).rejects.toThrow('made by a newer Parley')
  await drop()
})

test('a migration that fails leaves nothing of it', async () => {
  const url = await tcpDatabaseUrl()
  const sql = client(url)
  // In the way of the first migration.
  await sql`create table users (id int)`
  await expect(migrateDatabase(client(url))).rejects.toThrow()
  const [row] = await sql`select to_regclass('chats') as chats`
  expect(row?.['chats']).toBeNull()
  await sql`drop table users`
  await migrateDatabase(client(url))
  await sql.end()
})

test('each database has an epoch of its own', async () => {
  const [one, two] = [await testDatabase(), await testDatabase()]
  expect((await readIdentity(one.sql)).epoch).not.toBe((await readIdentity(two.sql)).epoch)
  await one.drop()
  await two.drop()
})

test('migrations are in the order of their times, or some would be skipped', () => {
  const times = files.map(({ folderMillis }) => folderMillis)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})
