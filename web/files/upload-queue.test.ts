import { expect, test } from 'bun:test'
import type { File as StoredFile, FileLimits } from '../../src/protocol/files.ts'
import { ApiError } from '../api-error.ts'
import {
  makeUploadQueue,
  type Upload,
  type UploadQueue,
  type UploadTransport,
} from './upload-queue.ts'

type Sent = Parameters<UploadTransport['upload']>[0] & {
  finish: () => Promise<void>
  fail: (error: ApiError) => Promise<void>
}

const stored = (name: string, more: Partial<StoredFile> = {}): StoredFile => ({
  id: `file-${name}`,
  name,
  type: 'image/png',
  bytes: 3,
  kind: 'image',
  ...more,
})
const fileOf = (name: string, text = 'abc'): File => new File([text], name, { type: 'image/png' })

/** A queue on a server that answers when the test says so. */
function open({ limits, held = [] }: { limits?: FileLimits; held?: StoredFile[] } = {}) {
  const sent: Sent[] = []
  const removed: string[] = []
  const described: string[] = []
  const dropped: string[] = []
  const done: { id: string; picture: string | null }[] = []
  let items: readonly Upload[] = []
  const transport: UploadTransport = {
    limits: async () => limits ?? { maxBytes: 100, quotaBytes: null, usedBytes: 0 },
    upload: (upload) =>
      new Promise((resolve, reject) => {
        upload.signal.addEventListener('abort', () => reject(new Error('aborted')))
        sent.push({
          ...upload,
          finish: async () => {
            resolve(stored(upload.name, upload.alt ? { alt: upload.alt } : {}))
            await settle()
          },
          fail: async (error) => {
            reject(error)
            await settle()
          },
        })
      }),
    describe: async (id, alt) => {
      described.push(`${id}: ${alt}`)
      return stored(id.replace('file-', ''), { alt })
    },
    remove: async (id) => void removed.push(id),
  }
  const queue: UploadQueue = makeUploadQueue({
    roomId: 'room',
    transport,
    held,
    makePicture: () => 'blob:picture',
    dropPicture: (picture) => dropped.push(picture),
    onDone: ({ id }, picture) => done.push({ id, picture }),
    onRemoved: ({ id }) =>
      done.splice(
        done.findIndex((one) => one.id === id),
        1,
      ),
    onChange: (next) => (items = next),
  })
  const states = () => queue.items().map(({ name, state }) => `${name} ${state.type}`)
  return { queue, sent, removed, described, dropped, done, states, items: () => items }
}

/** Until all that was promised without a server has happened. */
const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}

test('three are sent at once, the next when one is done, in order', async () => {
  const { queue, sent, states } = open()
  queue.add(['a', 'b', 'c', 'd'].map((name) => fileOf(name)))
  await settle()
  expect(sent.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  expect(states()).toEqual(['a uploading', 'b uploading', 'c uploading', 'd waiting'])
  await sent[1]?.finish()
  expect(sent.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd'])
  expect(states()).toEqual(['a uploading', 'b done', 'c uploading', 'd uploading'])
})

test('progress is told, and the last of it comes before done', async () => {
  const { queue, sent, items, done } = open()
  queue.add([fileOf('a')])
  await settle()
  sent[0]?.onProgress(2)
  expect(items()[0]?.state).toEqual({ type: 'uploading', sentBytes: 2 })
  await sent[0]?.finish()
  sent[0]?.onProgress(3)
  expect(items()[0]?.state.type).toBe('done')
  expect(done).toEqual([{ id: 'file-a', picture: 'blob:picture' }])
})

test('one that is too large is told before a byte of it is sent', async () => {
  const { queue, sent, items } = open({ limits: { maxBytes: 2, quotaBytes: null, usedBytes: 0 } })
  queue.add([fileOf('a'), fileOf('b', 'ab')])
  await settle()
  expect(sent.map(({ name }) => name)).toEqual(['b'])
  expect(items()[0]?.state).toMatchObject({
    type: 'failed',
    error: { code: 'too_large' },
    mayRetry: false,
  })
})

test('one that the space left does not hold is told before a byte of it is sent', async () => {
  const { queue, sent, items } = open({ limits: { maxBytes: 0, quotaBytes: 5, usedBytes: 3 } })
  queue.add([fileOf('a'), fileOf('b', 'ab')])
  await settle()
  expect(sent.map(({ name }) => name)).toEqual(['b'])
  expect(items()[0]?.state).toMatchObject({ error: { code: 'quota_exceeded' }, mayRetry: false })
})

test('no limit is no limit', async () => {
  const { queue, sent } = open({ limits: { maxBytes: 0, quotaBytes: null, usedBytes: 900 } })
  queue.add([fileOf('a')])
  await settle()
  expect(sent).toHaveLength(1)
})

test('more than a chat takes are left out, and their number is told', () => {
  const { queue, states } = open({ held: [stored('held')] })
  expect(queue.add(Array.from({ length: 12 }, (_, at) => fileOf(`${at}`)))).toBe(3)
  expect(states()).toHaveLength(10)
  expect(queue.add([fileOf('one more')])).toBe(1)
})

test('a failed one is tried again with the same bytes; one that can not succeed is not', async () => {
  const { queue, sent, states, items } = open()
  queue.add([fileOf('a'), fileOf('b')])
  await settle()
  await sent[0]?.fail(new ApiError('network', 'gone'))
  await sent[1]?.fail(new ApiError('invalid', 'no picture'))
  expect(states()).toEqual(['a failed', 'b failed'])
  for (const { id } of items()) queue.retry(id)
  await settle()
  expect(states()).toEqual(['a uploading', 'b failed'])
  expect(sent[2]?.body).toBe(sent[0]?.body as Blob)
  await sent[2]?.finish()
  expect(states()).toEqual(['a done', 'b failed'])
})

test('a cancelled one is stopped, goes at once with its picture, and makes room for the next', async () => {
  const { queue, sent, states, dropped, items, done } = open()
  queue.add(['a', 'b', 'c', 'd'].map((name) => fileOf(name)))
  await settle()
  queue.remove(items()[0]?.id ?? '')
  await settle()
  expect(sent[0]?.signal.aborted).toBe(true)
  expect(dropped).toEqual(['blob:picture'])
  expect(states()).toEqual(['b uploading', 'c uploading', 'd uploading'])
  await sent[0]?.finish()
  expect(done).toEqual([])
})

test('a done one that is removed goes from the server too', async () => {
  const { queue, sent, removed, items, done } = open()
  queue.add([fileOf('a')])
  await settle()
  await sent[0]?.finish()
  queue.remove(items()[0]?.id ?? '')
  expect(removed).toEqual(['file-a'])
  expect(done).toEqual([])
})

test('a description goes with the upload, after it, or instead of the one before', async () => {
  const { queue, sent, described, items } = open()
  queue.add(['a', 'b', 'c', 'd'].map((name) => fileOf(name)))
  const idOf = (name: string) => items().find((item) => item.name === name)?.id ?? ''
  await queue.describe(idOf('d'), 'waiting')
  await settle()
  await queue.describe(idOf('a'), 'under way')
  await sent[0]?.finish()
  expect(described).toEqual(['file-a: under way'])
  expect(sent[3]?.alt).toBe('waiting')
  await sent[3]?.finish()
  expect(described).toHaveLength(1)
  await queue.describe(idOf('a'), 'done')
  expect(described[1]).toBe('file-a: done')
  expect(items().map(({ alt }) => alt)).toEqual(['done', '', '', 'waiting'])
})

test('a send takes the done ones along and leaves the failed one', async () => {
  const { queue, sent, removed, states } = open({ held: [stored('held')] })
  queue.add([fileOf('a')])
  await settle()
  await sent[0]?.fail(new ApiError('internal', 'no'))
  expect(states()).toEqual(['held done', 'a failed'])
  queue.clear()
  expect(states()).toEqual(['a failed'])
  expect(removed).toEqual([])
})
