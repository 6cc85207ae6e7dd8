import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { signUp, startOnBun, type Cast } from '../adapters/testing.ts'
import { WireScene } from '../adapters/wire-scene.ts'
import { meSchema } from '../protocol/users.ts'
import { moving, photo, pngOf } from './pictures-scene.ts'
import { download, tryUpload, upload, uploadPath, type Upload } from './upload-scene.ts'

// The first server of a run starts a Postgres.
setDefaultTimeout(30_000)

const mib = 1024 * 1024
const scene = new WireScene()
const dataDir = mkdtempSync(join(tmpdir(), 'parley-files-'))
let url: string
let ada: Cast
let grace: Cast
let mallory: Cast

beforeAll(async () => {
  await scene.set(await startOnBun({ DATA_DIR: dataDir, LIMIT_FILE_BYTES: String(2 * mib) }))
  ;({ ada, grace, mallory } = scene)
  url = scene.server.url
})
afterAll(async () => {
  await scene.server.stop()
  rmSync(dataDir, { recursive: true })
})

const post = async (who: Cast, roomId: string, fileIds: string[], message = '') => {
  const answer = await who.request('POST', `/api/rooms/${roomId}/chats`, { message, fileIds })
  expect(answer.status).toBe(201)
  return answer.body['chat'] as { id: string; files: { id: string }[] }
}
const statusOf = async (who: Cast, path: string) => (await download(url, who, path)).status

test('a file is uploaded, posted, seen by the room, and gone with its chat', async () => {
  const roomId = await scene.makeRoom('private', grace)
  const file = await upload(url, ada, roomId, { name: 'notes.txt', bytes: 'said in a file' })
  expect(file).toMatchObject({ name: 'notes.txt', type: 'text/plain', kind: 'file', bytes: 14 })
  // Before it is posted it is its owner's alone.
  expect([await statusOf(ada, file.id), await statusOf(grace, file.id)]).toEqual([200, 404])
  const socket = await scene.enter(grace, roomId)
  const chat = await post(ada, roomId, [file.id])
  const { chat: heard } = await socket.next('chat')
  expect(heard.files).toEqual([file])
  socket.close()
  const got = await download(url, grace, file.id)
  expect(await got.text()).toBe('said in a file')
  const listed = await grace.request('GET', `/api/rooms/${roomId}/files`)
  expect(listed.body).toMatchObject({
    files: [{ file, chatId: chat.id, userId: ada.me.id }],
    nextCursor: null,
  })
  await ada.request('DELETE', `/api/rooms/${roomId}/chats/${chat.id}`)
  expect(await statusOf(ada, file.id)).toBe(404)
  expect((await grace.request('GET', `/api/rooms/${roomId}/files`)).body['files']).toEqual([])
})

test('an upload is its owner’s to name, to describe and to take back until it is posted', async () => {
  const roomId = await scene.makeRoom('private', grace)
  const file = await upload(url, ada, roomId, { name: 'a.txt', alt: ' two\n words ', bytes: 'x' })
  expect(file.alt).toBe('two words')
  const change = (who: Cast, body: object) => who.request('PATCH', `/api/files/${file.id}`, body)
  expect(await change(grace, { alt: 'mine' })).toMatchObject({ status: 404 })
  expect((await change(ada, { alt: 'three words now' })).body).toEqual({
    file: { ...file, alt: 'three words now' },
  })
  const renamed = { ...file, name: 'b.txt' }
  delete renamed.alt
  expect((await change(ada, { alt: '', name: '../b.txt' })).body).toEqual({ file: renamed })
  expect(await change(ada, { alt: 'x'.repeat(1_001) })).toMatchObject({
    status: 422,
    body: { error: { fields: [{ field: 'alt' }] } },
  })
  await post(ada, roomId, [file.id])
  expect(await change(ada, { alt: 'late' })).toMatchObject({ status: 409 })
  expect(await change(grace, { alt: 'late' })).toMatchObject({ status: 403 })
  expect(await ada.request('DELETE', `/api/files/${file.id}`)).toMatchObject({ status: 409 })
  const other = await upload(url, ada, roomId, { bytes: 'y' })
  expect(await grace.request('DELETE', `/api/files/${other.id}`)).toMatchObject({ status: 404 })
  expect(await ada.request('DELETE', `/api/files/${other.id}`)).toMatchObject({ status: 204 })
  expect(await statusOf(ada, other.id)).toBe(404)
})

test('security 22: a private room’s files and uploads are 404 for who is not in it', async () => {
  const roomId = await scene.makeRoom('private')
  const file = await upload(url, ada, roomId, { name: 'p.png', bytes: pngOf(8, 8) })
  await post(ada, roomId, [file.id])
  expect(await statusOf(mallory, file.id)).toBe(404)
  expect(await statusOf(mallory, `${file.id}/thumb`)).toBe(404)
  expect(await mallory.request('GET', `/api/rooms/${roomId}/files`)).toMatchObject({ status: 404 })
  const path = uploadPath(roomId, {})
  expect(await tryUpload(url, mallory, path, { bytes: 'x' })).toMatchObject({ status: 404 })
  const open = await scene.makeRoom('public')
  const inOpen = await upload(url, ada, open, { bytes: 'for all' })
  await post(ada, open, [inOpen.id])
  expect(await statusOf(mallory, inOpen.id)).toBe(200)
  expect(await tryUpload(url, mallory, uploadPath(open, {}), { bytes: 'x' })).toMatchObject({
    status: 403,
    body: { error: { code: 'not_member' } },
  })
})

test('security 24: a removed member’s file addresses are 404, and no cache keeps them past 60 s', async () => {
  const roomId = await scene.makeRoom('private', grace)
  const posted = await upload(url, ada, roomId, { bytes: 'x' })
  await post(ada, roomId, [posted.id])
  const own = await upload(url, grace, roomId, { bytes: 'y' })
  const before = await download(url, grace, posted.id)
  const caching = before.headers.get('cache-control') ?? ''
  expect(caching).toMatch(/^private, max-age=60, must-revalidate$/)
  await ada.request('DELETE', `/api/rooms/${roomId}/members/${grace.me.id}`)
  const etag = before.headers.get('etag') ?? ''
  const again = await download(url, grace, posted.id, { 'if-none-match': etag })
  expect([again.status, await statusOf(grace, own.id)]).toEqual([404, 404])
  expect((await download(url, ada, posted.id, { 'if-none-match': etag })).status).toBe(304)
})

test('security 50: what is too large is 413 and takes no place, announced or not', async () => {
  const roomId = await scene.makeRoom()
  const path = uploadPath(roomId, {})
  const before = process.memoryUsage().rss
  const large = new Uint8Array(2 * mib + 1)
  const told = { status: 413, body: { error: { code: 'too_large' } } }
  expect(await tryUpload(url, ada, path, { bytes: large })).toMatchObject(told)
  let pieces = 0
  const endless = new ReadableStream({
    pull(controller) {
      pieces += 1
      controller.enqueue(new Uint8Array(64 * 1024))
    },
  })
  expect(await tryUpload(url, ada, path, { bytes: endless })).toMatchObject(told)
  expect(pieces).toBeLessThan(1_000)
  expect(process.memoryUsage().rss - before).toBeLessThan(50 * mib)
  const { body } = await ada.request('GET', '/api/files/limits')
  expect(body).toMatchObject({ maxBytes: 2 * mib, quotaBytes: 5 * 1024 * mib })
})

test('security 50: more than one’s quota is 507, also when many uploads come at once', async () => {
  const small = await startOnBun({ LIMIT_STORAGE_PER_USER_BYTES: '10000' })
  const eve = await signUp(small.url, 'Eve')
  const made = await eve.request('POST', '/api/rooms', { name: 'Small', kind: 'private' })
  const { id } = made.body['room'] as { id: string }
  // Chunked, so that nothing is known before it is here.
  const chunked = (letter: string) =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(letter.repeat(3_000)))
        controller.close()
      },
    })
  const answers = await Promise.all(
    Array.from('abcdefgh', (letter) =>
      tryUpload(small.url, eve, uploadPath(id, {}), { bytes: chunked(letter) }),
    ),
  )
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    201, 201, 201, 507, 507, 507, 507, 507,
  ])
  const announced = await tryUpload(small.url, eve, uploadPath(id, {}), {
    bytes: 'x'.repeat(2_000),
  })
  expect(announced).toMatchObject({ status: 507, body: { error: { code: 'quota_exceeded' } } })
  const { body } = await eve.request('GET', '/api/files/limits')
  expect(body).toMatchObject({ quotaBytes: 10_000, usedBytes: 9_000 })
  await small.stop()
})

const html = '<!doctype html><script>alert(1)</script>'
const polyglots: [string, Upload['bytes']][] = [
  ['page.html', html],
  ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['feed.xml', '<?xml version="1.0"?><a/>'],
  ['page.txt', html],
  ['song.mp3', `ID3\x04\0\0\0\0\0\0 ${html}`],
  ['film.html', '\0\0\0\x18ftypisom\0\0\0\0isomavc1'],
  ['paper.pdf', `%PDF-1.7 ${html}`],
]
test.each(polyglots)(
  'security 50, 51: %s is a download of no type, and may do nothing',
  async (name, bytes) => {
    const roomId = await scene.makeRoom()
    const file = await upload(url, ada, roomId, { name, bytes })
    expect(file.kind).toBe('file')
    const { headers, status } = await download(url, ada, file.id)
    expect(status).toBe(200)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers.get('content-disposition')).toStartWith('attachment;')
  },
)

test.each([
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\boot.ini', 'boot.ini'],
  ['a\0b.txt', 'ab.txt'],
  ['a\r\nSet-Cookie: x=y', 'aSet-Cookie: x=y'],
  ['gnp.\u202Eexe', 'gnp.exe'],
  [`${'x'.repeat(300)}.tar.gz`, `${'x'.repeat(197)}.gz`],
  ['Grüße "für" 漢字 %41.txt', 'Grüße "für" 漢字 %41.txt'],
  ['..', 'file'],
])('security 52: the name %j is harmless as %j', async (given, name) => {
  const roomId = await scene.makeRoom()
  const file = await upload(url, ada, roomId, { name: given, bytes: 'x' })
  expect(file.name).toBe(name)
  const { headers } = await download(url, ada, file.id)
  const disposition = headers.get('content-disposition') ?? ''
  const [, plain, coded = ''] =
    /^attachment; filename="([\x20-\x7E]*)"; filename\*=UTF-8''([\w.!~%-]+)$/.exec(disposition) ??
    []
  expect(decodeURIComponent(coded)).toBe(name)
  expect(plain).not.toMatch(/["\\\r\n]/)
  expect(headers.has('set-cookie')).toBe(false)
})

test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
  'security 53: of a %s no place and no name is kept, and its size is known upright',
  async (format) => {
    const roomId = await scene.makeRoom()
    for (const orientation of [1, 6]) {
      const bytes = await photo(format, { orientation })
      const original = await sharp(bytes).metadata()
      expect(original.exif?.includes('Mallory Canary')).toBe(true)
      const file = await upload(url, ada, roomId, { name: `photo.${format}`, bytes })
      const [width, height] = orientation === 1 ? [60, 40] : [40, 60]
      expect(file).toMatchObject({ kind: 'image', width, height, thumb: true })
      const got = await download(url, ada, file.id)
      expect(got.headers.get('content-disposition')).toStartWith('inline;')
      const stored = new Uint8Array(await got.arrayBuffer())
      expect(Buffer.from(stored).includes('Canary')).toBe(false)
      const { autoOrient, exif } = await sharp(stored).metadata()
      expect(autoOrient).toEqual({ width, height })
      // Of a JPEG nothing but how it is turned: a header, and one number.
      expect(exif?.length ?? 0).toBe(format === 'jpeg' && orientation !== 1 ? 32 : 0)
      expect(file.type).toBe(format === 'avif' ? 'image/webp' : `image/${format}`)
      // Red came first; turned by a quarter it is on top.
      const { data, info } = await sharp(stored)
        .autoOrient()
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      const last = info.channels * (width * height - 1)
      expect([data[0], data[last + 2]].every((value) => (value ?? 0) > 200)).toBe(true)
      const thumb = await download(url, ada, `${file.id}/thumb`)
      expect(thumb.headers.get('content-type')).toBe('image/webp')
      expect(await sharp(await thumb.arrayBuffer()).metadata()).toMatchObject({ width, height })
    }
  },
)

test('a large picture has a smaller one, 720 pixels on its longer side', async () => {
  const roomId = await scene.makeRoom()
  const file = await upload(url, ada, roomId, { name: 'large.png', bytes: pngOf(3_000, 1_500) })
  const thumb = await download(url, ada, `${file.id}/thumb`)
  expect(await sharp(await thumb.arrayBuffer()).metadata()).toMatchObject({
    format: 'webp',
    width: 720,
    height: 360,
  })
})

test.each(['gif', 'webp'] as const)(
  'a %s that moves goes on moving, with a still of it',
  async (format) => {
    const roomId = await scene.makeRoom()
    const file = await upload(url, ada, roomId, {
      name: `m.${format}`,
      bytes: await moving(format),
    })
    expect(file).toMatchObject({ type: `image/${format}`, animated: true, width: 32, height: 24 })
    const stored = await (await download(url, ada, file.id)).arrayBuffer()
    expect(await sharp(stored).metadata()).toMatchObject({ pages: 3, delay: [100, 100, 100] })
    const thumb = await (await download(url, ada, `${file.id}/thumb`)).arrayBuffer()
    expect((await sharp(thumb).metadata()).pages ?? 1).toBe(1)
  },
)

test('security 53: a PNG of 30,000 × 30,000 and broken images are 422, and memory stays', async () => {
  const roomId = await scene.makeRoom()
  const jpeg = await photo('jpeg', { width: 600, height: 400 })
  const broken: Upload['bytes'][] = [
    pngOf(30_000, 30_000),
    pngOf(7_100, 7_100),
    jpeg.subarray(0, jpeg.length / 2),
    jpeg.subarray(0, 4),
    'GIF89a and nothing of it',
    pngOf(8, 8).subarray(0, 8),
  ]
  const before = process.memoryUsage().rss
  for (const bytes of broken) {
    const answer = await tryUpload(url, ada, uploadPath(roomId, { name: 'i.png' }), { bytes })
    expect(answer).toMatchObject({
      status: 422,
      body: { error: { code: 'invalid', fields: [{ field: 'file' }] } },
    })
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(50 * mib)
  expect((await ada.request('GET', `/api/rooms/${roomId}/files`)).body['files']).toEqual([])
})

test('parts of a file are served: 206, and 416 past its end', async () => {
  const roomId = await scene.makeRoom()
  const wav = new TextEncoder().encode('RIFF\x10\0\0\0WAVEfmt 0123456789')
  const file = await upload(url, ada, roomId, { name: 'a.wav', bytes: wav })
  expect(file).toMatchObject({ kind: 'audio', type: 'audio/wav' })
  const part = async (range: string, more = {}) => {
    const got = await download(url, ada, file.id, { range, ...more })
    return [got.status, got.headers.get('content-range'), await got.text()]
  }
  expect(await part('bytes=16-19')).toEqual([206, 'bytes 16-19/26', '0123'])
  expect(await part('bytes=20-')).toEqual([206, 'bytes 20-25/26', '456789'])
  expect(await part('bytes=-2')).toEqual([206, 'bytes 24-25/26', '89'])
  expect(await part('bytes=16-999')).toEqual([206, 'bytes 16-25/26', '0123456789'])
  expect(await part('bytes=26-')).toEqual([416, 'bytes */26', ''])
  for (const whole of ['bytes=0-1,4-5', 'lines=1-2', 'bytes=9-3', 'bytes=-']) {
    expect((await part(whole))[0]).toBe(200)
  }
  expect((await part('bytes=0-1', { 'if-range': '"another"' }))[0]).toBe(200)
  const saved = await download(url, ada, `${file.id}?download=1`)
  expect(saved.headers.get('content-disposition')).toStartWith('attachment;')
  const head = await fetch(`${url}/api/files/${file.id}`, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${ada.token}` },
  })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '26'])
})

test('a profile picture becomes a square for everyone who is signed in, and is told live', async () => {
  const lobby = await scene.makeRoom('private', grace)
  const socket = await scene.enter(grace, lobby)
  const bytes = await photo('jpeg', { width: 600, height: 400 })
  const set = await tryUpload(url, ada, '/api/users/me/avatar', { bytes }, 'PUT')
  expect(set.status).toBe(200)
  const { avatarId = '' } = meSchema.parse(set.body['user'])
  const { user } = await socket.next('user_updated', (frame) => frame.user.avatarId !== undefined)
  expect(user.avatarId).toBe(avatarId)
  for (const path of [avatarId, `${avatarId}/thumb`]) {
    const got = await download(url, mallory, path)
    const metadata = await sharp(await got.arrayBuffer()).metadata()
    expect(metadata).toMatchObject({ format: 'webp', width: 256, height: 256 })
    expect(metadata.exif).toBeUndefined()
  }
  const next = await tryUpload(url, ada, '/api/users/me/avatar', { bytes: pngOf(9, 9) }, 'PUT')
  expect(await statusOf(mallory, avatarId)).toBe(404)
  const { avatarId: second = '' } = meSchema.parse(next.body['user'])
  const bad = await tryUpload(url, ada, '/api/users/me/avatar', { bytes: 'no image' }, 'PUT')
  expect(bad).toMatchObject({ status: 422, body: { error: { fields: [{ field: 'file' }] } } })
  expect(await statusOf(mallory, second)).toBe(200)
  // It is in use as a picture, and in no chat.
  expect(await ada.request('DELETE', `/api/files/${second}`)).toMatchObject({ status: 409 })
  const off = await ada.request('DELETE', '/api/users/me/avatar')
  expect(meSchema.parse(off.body['user']).avatarId).toBeUndefined()
  expect(await statusOf(mallory, second)).toBe(404)
  socket.close()
})

test('refusals: an archived room, a foreign file in a post, a name that is missing', async () => {
  const roomId = await scene.makeRoom('private', grace)
  const file = await upload(url, ada, roomId, { bytes: 'x' })
  const stolen = { message: '', fileIds: [file.id] }
  expect(await grace.request('POST', `/api/rooms/${roomId}/chats`, stolen)).toMatchObject({
    status: 404,
  })
  expect(await tryUpload(url, ada, `/api/rooms/${roomId}/files`, { bytes: 'x' })).toMatchObject({
    status: 422,
    body: { error: { fields: [{ field: 'name' }] } },
  })
  await ada.request('PATCH', `/api/rooms/${roomId}`, { archived: true })
  expect(await tryUpload(url, ada, uploadPath(roomId, {}), { bytes: 'x' })).toMatchObject({
    status: 409,
    body: { error: { code: 'room_archived' } },
  })
})
