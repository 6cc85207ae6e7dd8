import { expect, test } from 'bun:test'
import { createOutbox } from '../../src/client/outbox.ts'
import { makeCids, makeKeptSends, tabName } from './kept-sends.ts'
import { memoryStorage } from './testing.ts'

const cids = makeCids(() => 1_000)

test('what a tab kept is there after its reload, in the order it was written', () => {
  const storage = memoryStorage()
  const box = createOutbox()
  const before = makeKeptSends('ada', 'tab', storage)
  for (const message of ['one', 'two', 'three'])
    before.keep(box.add({ cid: cids(), roomId: 'r', message }, 1_000))
  const after = makeKeptSends('ada', 'tab', storage).mine()
  expect(after.map(({ message }) => message)).toEqual(['one', 'two', 'three'])
})

test('another user of the same browser sees nothing of it', () => {
  const storage = memoryStorage()
  const entry = createOutbox().add({ cid: cids(), roomId: 'r', message: 'x' }, 1_000)
  makeKeptSends('ada', 'tab', storage).keep(entry)
  expect(makeKeptSends('bob', 'tab', storage).mine()).toEqual([])
})

test('a tab takes over what a dead tab left, and nobody else gets it too', () => {
  const storage = memoryStorage()
  const dead = makeKeptSends('ada', 'dead', storage)
  dead.keep(createOutbox().add({ cid: cids(), roomId: 'r', message: 'left behind' }, 1_000))
  const heir = makeKeptSends('ada', 'heir', storage)
  expect(heir.otherTabs()).toEqual(['dead'])
  expect(heir.adopt('dead').map(({ message }) => message)).toEqual(['left behind'])
  expect(makeKeptSends('ada', 'late', storage).adopt('dead')).toEqual([])
  expect(heir.mine()).toHaveLength(1)
})

test('cids sort by time and are the wire’s kind', () => {
  const made = Array.from({ length: 50 }, cids)
  expect(made.toSorted()).toEqual(made)
  for (const cid of made) expect(cid).toMatch(/^[\x21-\x7E]{1,64}$/)
})

test('a tab keeps its name over a reload', () => {
  const storage = memoryStorage()
  expect(tabName(storage)).toBe(tabName(storage))
  expect(tabName(memoryStorage())).not.toBe(tabName(storage))
})
