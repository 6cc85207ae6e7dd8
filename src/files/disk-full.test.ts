import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { asDiskError } from '../adapters/disk-errors.ts'
import { startOnBun } from '../adapters/testing.ts'
import { WireScene } from '../adapters/wire-scene.ts'
import { tryUpload, upload, uploadPath, type Upload } from './upload-scene.ts'

// The first server of a run starts a Postgres.
setDefaultTimeout(30_000)

test.each(['ENOSPC', 'EDQUOT'])('%s is told as a full disk', (code) => {
  const error = asDiskError(Object.assign(new Error('write'), { code }))
  expect(error).toMatchObject({ code: 'storage_full', status: 507 })
})

test('another fault of the disk stays what it is', () => {
  const error = Object.assign(new Error('write'), { code: 'EIO' })
  expect(asDiskError(error)).toBe(error)
})

const directory = mkdtempSync(join(tmpdir(), 'parley-small-disk-'))
const mounted = Bun.spawnSync(['mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', directory])

// Only root may make a small disk.
describe.skipIf(!mounted.success)('faults: a full disk under the uploads', () => {
  const scene = new WireScene()
  const filler = join(directory, 'filler')
  let roomId: string

  beforeAll(async () => {
    await scene.set(await startOnBun({ DATA_DIR: directory }))
    roomId = await scene.makeRoom()
  })
  afterAll(async () => {
    await scene.server.stop()
    Bun.spawnSync(['umount', directory])
    rmSync(directory, { recursive: true })
  })

  const leave = (bytes: number): void => {
    rmSync(filler, { force: true })
    const { bavail, bsize } = statfsSync(directory)
    writeFileSync(filler, new Uint8Array(bavail * bsize - bytes))
  }
  const attempt = (what: Upload) =>
    tryUpload(scene.server.url, scene.ada, uploadPath(roomId, what), what)
  const full = { status: 507, body: { error: { code: 'storage_full' } } }
  const incoming = () => readdirSync(join(directory, 'files', 'incoming'))

  test('it is told as such, talk goes on, and it heals with room', async () => {
    const what = { name: 'a.bin', bytes: new Uint8Array(1024 * 1024).fill(1) }
    leave(200 * 1024)
    expect(await attempt(what)).toMatchObject(full)
    expect(incoming()).toEqual([])
    const said = await scene.ada.request('POST', `/api/rooms/${roomId}/chats`, { message: 'hi' })
    expect(said.status).toBe(201)
    rmSync(filler)
    const { id } = await upload(scene.server.url, scene.ada, roomId, what)
    const { body } = await scene.ada.request('GET', '/api/files/limits')
    expect(body).toMatchObject({ usedBytes: what.bytes.length })
    expect((await scene.ada.request('DELETE', `/api/files/${id}`)).status).toBe(204)
  })

  test('also when it is the smaller picture that does not fit any more', async () => {
    // No packing makes noise small; the seed is any.
    let seed = 7
    const noise = Uint8Array.from({ length: 400 * 400 * 3 }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed >> 16
    })
    const raw = { width: 400, height: 400, channels: 3 as const }
    const bytes = new Uint8Array(await sharp(noise, { raw }).png().toBuffer())
    leave(bytes.length + 16 * 1024)
    expect(await attempt({ name: 'noise.png', bytes })).toMatchObject(full)
    expect(incoming()).toEqual([])
    rmSync(filler)
    expect(await attempt({ name: 'noise.png', bytes })).toMatchObject({ status: 201 })
  })
})
