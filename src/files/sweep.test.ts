import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDiskBlobs } from '../adapters/disk-blobs.ts'
import { createDiskSpool } from '../adapters/disk-spool.ts'
import { testDatabase, type TestDatabase } from '../db/testing.ts'
import { keep } from './keep.ts'
import type { BlobStore } from './ports.ts'
import { claimBlobs, insertFile } from './store.ts'
import { sweepFiles } from './sweep.ts'

// The first database of a run starts a Postgres.
setDefaultTimeout(30_000)

const directory = mkdtempSync(join(tmpdir(), 'parley-sweep-'))
const spool = createDiskSpool(join(directory, 'incoming'))
const blobs = createDiskBlobs(join(directory, 'blobs'))
const newId = () => Bun.randomUUIDv7()
const [ownerId, roomId] = [newId(), newId()]
let database: TestDatabase
let sql: TestDatabase['sql']

beforeAll(async () => {
  database = await testDatabase()
  sql = database.sql
})
beforeEach(async () => {
  await sql`truncate files, blobs`
})
afterAll(async () => {
  await database.drop()
  rmSync(directory, { recursive: true })
})

const draftOf = (text: string) =>
  spool.take(
    (async function* () {
      yield new TextEncoder().encode(text)
    })(),
    1_000,
  )

interface Age {
  hours?: number
  chatId?: string
  room?: string | null
}

/** An upload of a room, as it was `hours` ago; posted when it has a chat. */
async function store(text: string, { hours = 0, chatId, room = roomId }: Age = {}) {
  const body = await draftOf(text)
  const file = {
    id: newId(),
    name: 'a',
    type: 'text/plain',
    bytes: text.length,
    kind: 'file' as const,
  }
  const { id: _, ...shown } = file
  await keep({ sql, blobs }, { shown, body, thumb: null }, async (tx) => {
    await insertFile(tx, { file, ownerId, roomId: room, hash: body.hash, thumbHash: null }, 1e9)
    await tx`update files set chat_id = ${chatId ?? null},
      created_at = now() - make_interval(hours => ${hours}) where id = ${file.id}`
  })
  return { id: file.id, hash: body.hash }
}
const age = (hash: string) =>
  sql`update blobs set created_at = now() - interval '2 hours' where hash = ${hash}`
const isStored = async (hash: string) => (await blobs.read(hash)) !== null
const sweep = (from: BlobStore = blobs) => sweepFiles(sql, { blobs: from, spool })

test('uploads that are not posted for 24 hours are gone; posted ones and pictures of people stay', async () => {
  const left = await store('left', { hours: 25 })
  const fresh = await store('fresh', { hours: 23 })
  const posted = await store('posted', { hours: 1_000, chatId: newId() })
  const worn = await store('worn', { hours: 1_000, room: null })
  for (const { hash } of [left, fresh, posted, worn]) await age(hash)
  expect(await sweep()).toEqual({ uploads: 1, blobs: 1 })
  const stored = await Promise.all([left, fresh, posted, worn].map(({ hash }) => isStored(hash)))
  expect(stored).toEqual([false, true, true, true])
})

test('bytes that two files name stay until both are gone', async () => {
  const [one, two] = [await store('shared'), await store('shared')]
  expect(one.hash).toBe(two.hash)
  await age(one.hash)
  await sql`delete from files where id = ${one.id}`
  expect((await sweep()).blobs).toBe(0)
  await sql`delete from files where id = ${two.id}`
  expect((await sweep()).blobs).toBe(1)
  expect([await isStored(one.hash), await sweep()]).toEqual([false, { uploads: 0, blobs: 0 }])
})

test('bytes that were claimed within the hour stay, though nothing names them yet', async () => {
  const draft = await draftOf('on its way')
  await claimBlobs(sql, [draft])
  await blobs.put(draft)
  expect((await sweep()).blobs).toBe(0)
  await age(draft.hash)
  await claimBlobs(sql, [draft])
  expect((await sweep()).blobs).toBe(0)
})

test('an upload of the same bytes in the middle of a sweep is stored anew', async () => {
  const old = await store('again and again')
  await age(old.hash)
  await sql`delete from files`
  let upload: ReturnType<typeof store> | undefined
  const slow: BlobStore = {
    ...blobs,
    async remove(hash) {
      // It begins while the row is locked, and has to wait for it.
      upload = store('again and again')
      await sql`select pg_sleep(0.05)`
      await blobs.remove(hash)
    },
  }
  expect((await sweep(slow)).blobs).toBe(1)
  const anew = await upload
  expect(anew?.hash).toBe(old.hash)
  expect(await isStored(old.hash)).toBe(true)
  expect(await sql`select from blobs where hash = ${old.hash}`).toHaveLength(1)
})

test('two sweeps at once share the work, and a store that is away leaves all for the next', async () => {
  for (let n = 0; n < 12; n += 1) await age((await store(`many ${n}`)).hash)
  await sql`delete from files`
  const away: BlobStore = { ...blobs, remove: () => Promise.reject(new Error('away')) }
  await expect(sweep(away)).rejects.toThrow('away')
  expect(await sql`select from blobs`).toHaveLength(12)
  const swept = await Promise.all([sweep(), sweep(), sweep()])
  expect(swept.reduce((sum, one) => sum + one.blobs, 0)).toBe(12)
  expect(await sql`select from blobs`).toHaveLength(0)
})
