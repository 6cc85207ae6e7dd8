import { afterAll, beforeAll, expect, test } from 'bun:test'
import { claimDatabase } from './claim.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

test('a second Parley on one database is told why it does not start', async () => {
  const release = await claimDatabase(database.single(), 0)
  await expect(claimDatabase(database.single(), 0)).rejects.toThrow('Another Parley runs')
  await release()
})

test('one that is on its way out is waited for', async () => {
  const release = await claimDatabase(database.single(), 0)
  const next = claimDatabase(database.single(), 5_000)
  await release()
  await (
    await next
  )()
})
