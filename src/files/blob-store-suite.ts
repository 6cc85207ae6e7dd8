import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDiskSpool } from '../adapters/disk-spool.ts'
import type { BlobStore, Draft } from './ports.ts'

interface Opened {
  blobs: BlobStore
  close: () => Promise<void>
}

/** What every store of blobs must do. `directory` is on the disk of the spool. */
export function blobStoreSuite(name: string, open: (directory: string) => Promise<Opened>): void {
  describe(`blobs: ${name}`, () => {
    const directory = mkdtempSync(join(tmpdir(), 'parley-blobs-'))
    const incoming = join(directory, 'incoming')
    const spool = createDiskSpool(incoming)
    let opened: Opened
    let blobs: BlobStore
    beforeAll(async () => {
      opened = await open(directory)
      blobs = opened.blobs
    })
    afterAll(async () => {
      await opened.close()
      rmSync(directory, { recursive: true })
    })

    const draftOf = (text: string): Promise<Draft> =>
      spool.take(
        (async function* () {
          for (const piece of text.match(/.{1,5}/gs) ?? []) yield new TextEncoder().encode(piece)
        })(),
        1_000_000,
      )
    const textOf = async (hash: string, range?: { start: number; end: number }) => {
      const body = await blobs.read(hash, range)
      return body && new Response(body).text()
    }

    test('what is put is read, whole and in part', async () => {
      const draft = await draftOf('hello, blobs')
      expect(draft).toMatchObject({
        bytes: 12,
        hash: createHash('sha256').update('hello, blobs').digest('hex'),
      })
      await blobs.put(draft)
      await draft.drop()
      expect(await textOf(draft.hash)).toBe('hello, blobs')
      expect(await textOf(draft.hash, { start: 7, end: 11 })).toBe('blobs')
      expect(await textOf(draft.hash, { start: 0, end: 1 })).toBe('he')
    })

    test('the same bytes put twice, one after the other and at once, are one', async () => {
      const drafts = await Promise.all(['same', 'same', 'same'].map(draftOf))
      await Promise.all(drafts.map((draft) => blobs.put(draft)))
      const again = await draftOf('same')
      await blobs.put(again)
      for (const draft of [...drafts, again]) await draft.drop()
      expect(await textOf(again.hash)).toBe('same')
      expect(readdirSync(incoming)).toEqual([])
    })

    test('nothing at all can be stored as well', async () => {
      const draft = await draftOf('')
      await blobs.put(draft)
      expect(await textOf(draft.hash)).toBe('')
    })

    test('what is removed is not there, and removing it again is harmless', async () => {
      const draft = await draftOf('for a while')
      await blobs.put(draft)
      await blobs.remove(draft.hash)
      expect(await blobs.read(draft.hash)).toBeNull()
      await blobs.remove(draft.hash)
      const again = await draftOf('for a while')
      await blobs.put(again)
      expect(await textOf(again.hash)).toBe('for a while')
    })

    test('security 52: nothing but a hash names a blob', async () => {
      for (const hash of ['../../etc/passwd', '', 'A'.repeat(64), 'a'.repeat(63)]) {
        await expect(blobs.read(hash)).rejects.toThrow('not a SHA-256')
        await expect(blobs.remove(hash)).rejects.toThrow('not a SHA-256')
      }
    })
  })
}
