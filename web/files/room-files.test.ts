import { expect, test } from 'bun:test'
import type { File as StoredFile, FileKind } from '../../src/protocol/files.ts'
import { chatAt } from '../live/testing.ts'
import { runsOf, withChat, withPage, type PostedFile } from './room-files.ts'

const stored = (id: string, kind: FileKind = 'file'): StoredFile => ({
  id,
  name: id,
  type: 'text/plain',
  bytes: 1,
  kind,
})
const posted = (seq: number, id = `f${seq}`, kind: FileKind = 'file'): PostedFile => ({
  file: stored(id, kind),
  chatId: `chat-${seq}`,
  seq,
  userId: 'ada',
  at: chatAt(seq).createdAt,
})
const idsOf = (list: readonly PostedFile[]) => list.map(({ file }) => file.id)
const list = [posted(9), posted(5)]

test('the files of a new chat come first, in their order', () => {
  const chat = chatAt(12, { files: [stored('a'), stored('b')] })
  expect(idsOf(withChat(list, chat, false))).toEqual(['a', 'b', 'f9', 'f5'])
  expect(withChat([], chat, true)[0]).toEqual(posted(12, 'a'))
})

test('the files of a deleted chat go, and chats without files change nothing', () => {
  const deleted = chatAt(9, { deletedAt: chatAt(10).createdAt })
  expect(idsOf(withChat(list, deleted, false))).toEqual(['f5'])
  expect(withChat(list, chatAt(13), false)).toBe(list)
})

test('news of a chat that is listed keep its place, and of one further back are no part of it', () => {
  const changed = withChat(list, chatAt(5, { files: [stored('f5', 'image')] }), false)
  expect(idsOf(changed)).toEqual(['f9', 'f5'])
  expect(changed[1]?.file.kind).toBe('image')
  const older = chatAt(2, { files: [stored('old')] })
  expect(withChat(list, older, false)).toBe(list)
  expect(idsOf(withChat(list, older, true))).toEqual(['f9', 'f5', 'old'])
})

test('a page is added behind, each file once', () => {
  expect(idsOf(withPage(list, [posted(5), posted(2)]))).toEqual(['f9', 'f5', 'f2'])
})

test('neighbouring pictures are one grid', () => {
  const mixed = [
    posted(6, 'a', 'image'),
    posted(5, 'b', 'image'),
    posted(4),
    posted(3, 'c', 'image'),
  ]
  expect(runsOf(mixed).map(({ isPictures, files }) => [isPictures, files.length])).toEqual([
    [true, 2],
    [false, 1],
    [true, 1],
  ])
})
