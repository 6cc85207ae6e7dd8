import { expect, test } from 'bun:test'
import { droppedFiles, hasFiles, pastedFiles } from './taken-files.ts'

const picture = new File(['x'], 'image.png', { type: 'image/png' })
// The part of a FileList that is read.
const list = (files: File[]) => files as unknown as FileList

test('a picture that is pasted is taken, one that comes along with text is not', () => {
  expect(pastedFiles({ types: ['Files'], files: list([picture]) })).toEqual([picture])
  expect(pastedFiles({ types: ['text/html', 'Files'], files: list([picture]) })).toEqual([picture])
  const ofATable = { types: ['text/plain', 'text/html', 'Files'], files: list([picture]) }
  expect(pastedFiles(ofATable)).toEqual([])
  expect(pastedFiles({ types: ['text/plain'], files: list([]) })).toEqual([])
  expect(pastedFiles(null)).toEqual([])
})

test('folders among what is dropped are counted and not taken', () => {
  const item = (file: File | null, isDirectory: boolean, kind = 'file') => ({
    kind,
    getAsFile: () => file,
    webkitGetAsEntry: () => ({ isDirectory }),
  })
  // The part of a DataTransferItemList that is read.
  const items = [
    item(picture, false),
    item(null, true),
    item(null, false, 'string'),
  ] as unknown as DataTransferItemList
  expect(droppedFiles({ items })).toEqual({ files: [picture], folders: 1 })
  expect(hasFiles({ types: ['Files'] })).toBe(true)
  expect(hasFiles({ types: ['text/plain'] })).toBe(false)
})
