import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blobStoreSuite } from '../files/blob-store-suite.ts'
import { createDiskBlobs } from './disk-blobs.ts'
import { createDiskSpool } from './disk-spool.ts'

blobStoreSuite('on disk', async (directory) => ({
  blobs: createDiskBlobs(join(directory, 'blobs')),
  close: async () => {},
}))

const directory = mkdtempSync(join(tmpdir(), 'parley-spool-'))
const incoming = join(directory, 'incoming')
const spool = createDiskSpool(incoming)
afterAll(() => rmSync(directory, { recursive: true }))

async function* bytesOf(count: number, failure?: Error) {
  for (let sent = 0; sent < count; sent += 1_000)
    yield new Uint8Array(Math.min(1_000, count - sent))
  if (failure) throw failure
}

test('an upload that breaks off or is too large leaves nothing behind', async () => {
  await expect(spool.take(bytesOf(5_000, new Error('gone')), 10_000)).rejects.toThrow('gone')
  await expect(spool.take(bytesOf(5_000), 4_999)).rejects.toMatchObject({ code: 'too_large' })
  await expect(
    spool.make(async (path) => {
      writeFileSync(path, 'half')
      throw new Error('gone')
    }),
  ).rejects.toThrow('gone')
  expect(readdirSync(incoming)).toEqual([])
  expect((await spool.take(bytesOf(5_000), 5_000)).bytes).toBe(5_000)
})

test('what a crash left in the spool is swept a day later, and what is on its way is not', async () => {
  const fresh = await spool.take(bytesOf(10), 10)
  const left = join(incoming, 'of-a-crash')
  writeFileSync(left, 'half of an upl')
  const yesterday = Date.now() / 1_000 - 25 * 3_600
  utimesSync(left, yesterday, yesterday)
  await spool.sweep()
  expect(readdirSync(incoming)).not.toContain('of-a-crash')
  const read = []
  for await (const part of fresh.read()) read.push(...part)
  expect(read).toHaveLength(10)
})
