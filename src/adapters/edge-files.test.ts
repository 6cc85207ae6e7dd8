import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import sharp from 'sharp'
import { moving, photo, pngOf } from '../files/pictures-scene.ts'
import { download, tryUpload, upload, uploadPath } from '../files/upload-scene.ts'
import { startOnWorkerd, type EdgeServer } from './edge-testing.ts'
import { startOnBun, type WireServer } from './testing.ts'
import { WireScene } from './wire-scene.ts'

setDefaultTimeout(60_000)

let edge: EdgeServer
let bun: WireServer
const onEdge = new WireScene()
const onBun = new WireScene()

beforeAll(async () => {
  ;[edge, bun] = await Promise.all([startOnWorkerd(), startOnBun()])
  await Promise.all([onEdge.set(edge), onBun.set(bun)])
})
afterAll(() => Promise.all([edge.stop(), bun.stop()]))

/** Uploads as Ada, posts it, and gives what Grace was told and may ask for. */
const share = async (scene: WireScene, name: string, bytes: string | Uint8Array<ArrayBuffer>) => {
  const { url } = scene.server
  const roomId = await scene.makeRoom('private', scene.grace)
  const socket = await scene.enter(scene.grace, roomId)
  const file = await upload(url, scene.ada, roomId, { name, bytes })
  await scene.ada.request('POST', `/api/rooms/${roomId}/chats`, { message: '', fileIds: [file.id] })
  const { chat } = await socket.next('chat')
  expect(chat.files).toEqual([file])
  socket.close()
  const get = async (path = '', headers: Record<string, string> = {}) => {
    const answer = await download(url, scene.grace, file.id + path, headers)
    return { answer, status: answer.status, bytes: await answer.bytes() }
  }
  const { id: _, ...shown } = file
  return { shown, get }
}

const told = [
  'content-type',
  'content-disposition',
  'content-security-policy',
  'cache-control',
  'accept-ranges',
  'content-length',
  'content-range',
  'etag',
]
const headersOf = ({ headers }: Response) => told.map((name) => [name, headers.get(name)])

test.each([
  ['notes.txt', () => Promise.resolve('said in a file')],
  ['photo.png', () => photo('png')],
  ['photo.jpg', () => photo('jpeg', { width: 1_600, height: 900 })],
  ['photo.webp', () => photo('webp')],
  ['empty.txt', () => Promise.resolve('')],
])('%s comes back as from Bun, whole and in parts', async (name, make) => {
  const bytes = await make()
  const [here, there] = await Promise.all([share(onEdge, name, bytes), share(onBun, name, bytes)])
  expect(here.shown).toEqual(there.shown)
  for (const range of ['bytes=0-', 'bytes=3-7', 'bytes=-4', 'bytes=9999999-']) {
    const [mine, theirs] = await Promise.all([here.get('', { range }), there.get('', { range })])
    expect([mine.status, headersOf(mine.answer)]).toEqual([theirs.status, headersOf(theirs.answer)])
    expect(Buffer.compare(mine.bytes, theirs.bytes)).toBe(0)
  }
  const { answer, bytes: whole } = await here.get()
  expect(Buffer.compare(whole, (await there.get()).bytes)).toBe(0)
  expect((await here.get('', { 'if-none-match': answer.headers.get('etag') ?? '' })).status).toBe(
    304,
  )
})

test('the smaller picture is the same one, in size and in kind', async () => {
  const bytes = await photo('jpeg', { width: 1_600, height: 900 })
  const [here, there] = await Promise.all([
    share(onEdge, 'photo.jpg', bytes),
    share(onBun, 'photo.jpg', bytes),
  ])
  const [mine, theirs] = await Promise.all([here.get('/thumb'), there.get('/thumb')])
  const sizeOf = async (picture: Uint8Array) => {
    const { format, width, height, exif } = await sharp(picture).metadata()
    return { format, width, height, exif }
  }
  expect(await sizeOf(mine.bytes)).toEqual(await sizeOf(theirs.bytes))
  expect(mine.answer.headers.get('content-type')).toBe('image/webp')
})

/** Red at its left: which of the four corners are, seen upright. */
const redCorners = async (picture: Uint8Array): Promise<boolean[]> => {
  const pixels = await sharp(picture).autoOrient().resize(2, 2, { fit: 'fill' }).raw().toBuffer()
  return [0, 3, 6, 9].map((at) => (pixels[at] ?? 0) > (pixels[at + 2] ?? 0))
}

const sides = [1, 3, 6, 8].flatMap((orientation) =>
  (['jpeg', 'png', 'webp'] as const).map((format) => ({ format, orientation })),
)

test.each(sides)(
  '$format turned by $orientation stands as on Bun',
  async ({ format, orientation }) => {
    const bytes = await photo(format, { orientation })
    const [here, there] = await Promise.all([
      share(onEdge, `photo.${format}`, bytes),
      share(onBun, `photo.${format}`, bytes),
    ])
    // Where it has to be packed again, another encoder does it.
    expect({ ...here.shown, bytes: 0 }).toEqual({ ...there.shown, bytes: 0 })
    for (const path of ['', '/thumb']) {
      const [mine, theirs] = await Promise.all([here.get(path), there.get(path)])
      expect(await redCorners(mine.bytes)).toEqual(await redCorners(theirs.bytes))
    }
  },
)

test.each([
  ['a GIF that moves', () => moving('gif')],
  ['a WebP that moves', () => moving('webp')],
  ['a GIF that does not', async () => new Uint8Array(await sharp(pngOf(8, 8)).gif().toBuffer())],
])('%s is known as what it is', async (_, make) => {
  const bytes = await make()
  const [here, there] = await Promise.all([share(onEdge, 'a', bytes), share(onBun, 'a', bytes)])
  expect(here.shown).toEqual(there.shown)
})

test('a picture that is none is refused', async () => {
  const roomId = await onEdge.makeRoom()
  const broken = (await photo('png')).slice(0, 60)
  const answer = await tryUpload(edge.url, onEdge.ada, uploadPath(roomId, { name: 'a.png' }), {
    bytes: broken,
  })
  expect(answer.status).toBe(422)
})
