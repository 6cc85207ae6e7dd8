import { expect, test } from 'bun:test'
import type { File as StoredFile } from '../../src/protocol/files.ts'
import { memoryStorage } from '../live/testing.ts'
import { makeLocalFiles } from './local-files.ts'

const stored = (id: string): StoredFile => ({
  id,
  name: `${id}.png`,
  type: 'image/png',
  bytes: 3,
  kind: 'image',
})

function open(storage = memoryStorage(), atMs = 0, userId = 'ada') {
  const dropped: string[] = []
  const files = makeLocalFiles(userId, {
    storage,
    now: () => atMs,
    dropPicture: (picture) => void dropped.push(picture),
  })
  return { files, dropped, storage }
}

test('a tray comes back after a reload, in its place and order, without its pictures', () => {
  const { files, storage } = open()
  files.keep(stored('b'), 'room/', 'blob:b')
  files.keep(stored('a'), 'room/', null)
  files.keep(stored('c'), 'room/thread', null)
  expect(files.get('b')).toEqual({ file: stored('b'), picture: 'blob:b' })

  const again = open(storage, 1_000).files
  expect(again.inTray('room/').map(({ id }) => id)).toEqual(['b', 'a'])
  expect(again.inTray('room/thread')).toEqual([stored('c')])
  expect(again.get('b')).toEqual({ file: stored('b'), picture: null })
  expect(open(storage, 1_000, 'bob').files.inTray('room/')).toEqual([])
})

test('what is sent is in no tray, but known until its chat is here', () => {
  const { files, dropped, storage } = open()
  files.keep(stored('a'), 'room/', 'blob:a')
  files.sent(['a', 'unknown'])
  expect(files.inTray('room/')).toEqual([])
  expect(files.get('a')?.picture).toBe('blob:a')
  expect(open(storage).files.get('a')?.file.name).toBe('a.png')
  files.forget('a')
  expect(files.get('a')).toBeUndefined()
  expect(dropped).toEqual(['blob:a'])
})

test('what the server has let go by now is not offered again', () => {
  const { files, storage } = open()
  files.keep(stored('a'), 'room/', null)
  expect(open(storage, 24 * 3_600_000).files.inTray('room/')).toEqual([])
})
