import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blobStoreSuite } from '../files/blob-store-suite.ts'
import { pngOf } from '../files/pictures-scene.ts'
import { download, tryUpload, upload, uploadPath } from '../files/upload-scene.ts'
import { createDiskSpool } from './disk-spool.ts'
import { createS3Blobs } from './s3-blobs.ts'
import { refusalOf } from './s3-signature.ts'
import { startS3, type TestS3 } from './s3-testing.ts'
import { startOnBun } from './testing.ts'
import { WireScene } from './wire-scene.ts'

// The first server of a run starts a Postgres.
setDefaultTimeout(30_000)

blobStoreSuite('in S3', async () => {
  const s3 = await startS3()
  return { blobs: createS3Blobs(s3.options), close: s3.stop }
})

test('the signature that tests hold Parley to is Amazon’s own example', () => {
  const url = new URL(
    'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  )
  const key = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
  const request = { method: 'GET', url, headers: new Headers({ host: url.host }) }
  const atMs = Date.UTC(2013, 4, 24)
  expect(refusalOf(request, key, atMs)).toBeNull()
  expect(refusalOf(request, key, atMs + 86_401_000)).toBe('AccessDenied: expired')
  expect(refusalOf({ ...request, method: 'PUT' }, key, atMs)).toBe('SignatureDoesNotMatch')
})

const directory = mkdtempSync(join(tmpdir(), 'parley-s3-spool-'))
const spool = createDiskSpool(directory)
const scene = new WireScene()
let s3: TestS3
let url: string

beforeAll(async () => {
  s3 = await startS3()
  await scene.set(await startOnBun(s3.settings))
  url = scene.server.url
})
afterAll(async () => {
  await scene.server.stop()
  await s3.stop()
  rmSync(directory, { recursive: true })
})

const draftOf = (text: string) =>
  spool.take(
    (async function* () {
      yield new TextEncoder().encode(text)
    })(),
    1_000,
  )

test('security 54: a PUT is bound to its key, its length and its bytes', async () => {
  const blobs = createS3Blobs(s3.options)
  const [draft, other] = [await draftOf('these bytes'), await draftOf('other bytes')]
  await expect(blobs.put({ ...draft, path: other.path })).rejects.toMatchObject({
    code: 'overloaded',
  })
  await expect(
    createS3Blobs({ ...s3.options, secretAccessKey: 'wrong' }).put(draft),
  ).rejects.toMatchObject({ code: 'overloaded' })
  expect(await blobs.read(draft.hash)).toBeNull()
  await blobs.put(draft)
  expect(await blobs.read(draft.hash)).not.toBeNull()
})

test('security 54: a file is a signed address for 60 s, of this file and to be taken as told', async () => {
  const { ada, grace, mallory } = scene
  const roomId = await scene.makeRoom('private', grace)
  const file = await upload(url, ada, roomId, { name: 'Grüße.html', bytes: '<html>hi' })
  await ada.request('POST', `/api/rooms/${roomId}/chats`, { message: '', fileIds: [file.id] })
  expect((await download(url, mallory, file.id)).status).toBe(404)
  const answer = await download(url, grace, file.id)
  expect([answer.status, await answer.text()]).toEqual([302, ''])
  expect(answer.headers.get('cache-control')).toBe('private, max-age=20')
  const address = answer.headers.get('location') ?? ''
  const got = await fetch(address)
  expect([got.status, await got.text()]).toEqual([200, '<html>hi'])
  expect(got.headers.get('content-type')).toBe('application/octet-stream')
  expect(got.headers.get('content-disposition')).toBe(
    `attachment; filename="Gr__e.html"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.html`,
  )
  const as = (name: string, value: string) => {
    const changed = new URL(address)
    changed.searchParams.set(name, value)
    return fetch(changed)
  }
  expect((await as('response-content-type', 'text/html')).status).toBe(403)
  expect((await as('X-Amz-Expires', '600')).status).toBe(403)
  expect((await fetch(address, { method: 'PUT', body: 'x' })).status).toBe(403)
  const another = address.replace(/[\da-f]{64}\?/, `${'0'.repeat(64)}?`)
  expect((await fetch(another)).status).toBe(403)
  expect((await fetch(address.split('?')[0] ?? '')).status).toBe(403)
  s3.setAheadMs(59_000)
  expect((await fetch(address)).status).toBe(200)
  s3.setAheadMs(62_000)
  expect((await fetch(address)).status).toBe(403)
  s3.setAheadMs(0)
})

test('pictures are led to, what is played comes in parts through the server', async () => {
  const { ada } = scene
  const roomId = await scene.makeRoom()
  const picture = await upload(url, ada, roomId, { name: 'p.png', bytes: pngOf(9, 9) })
  const thumb = await download(url, ada, `${picture.id}/thumb`)
  const shown = await fetch(thumb.headers.get('location') ?? '')
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/webp'])
  const wav = await upload(url, ada, roomId, {
    name: 'a.wav',
    bytes: new TextEncoder().encode('RIFF\x10\0\0\0WAVEfmt 0123456789'),
  })
  const part = await download(url, ada, wav.id, { range: 'bytes=16-19' })
  expect([part.status, await part.text()]).toEqual([206, '0123'])
  expect((await download(url, ada, `${wav.id}?download=1`)).status).toBe(302)
})

test('pages may show pictures of the store, and of nowhere else', async () => {
  const docs = await fetch(`${url}/api/docs`)
  expect(docs.headers.get('content-security-policy')).toContain(
    `img-src 'self' data: blob: ${s3.options.endpoint};`,
  )
})

test('the same bytes of two people are sent to the store once', async () => {
  const { ada, grace } = scene
  const roomId = await scene.makeRoom('private', grace)
  const puts = () => s3.log.filter((line) => line.startsWith('PUT')).length
  const before = puts()
  await upload(url, ada, roomId, { bytes: 'what both have' })
  await upload(url, grace, roomId, { bytes: 'what both have' })
  expect(puts()).toBe(before + 1)
})

test.each([500, 403, 503])(
  'while the store answers %i an upload is 503, and then goes well',
  async (status) => {
    const { ada } = scene
    const roomId = await scene.makeRoom()
    const what = { name: 'a.txt', bytes: `during ${status}` }
    s3.setFault(status)
    const answer = await tryUpload(url, ada, uploadPath(roomId, what), what)
    s3.setFault(null)
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'overloaded' } } })
    expect(answer.headers.get('retry-after')).toBe('2')
    expect(await upload(url, ada, roomId, what)).toMatchObject({ name: 'a.txt' })
  },
)
