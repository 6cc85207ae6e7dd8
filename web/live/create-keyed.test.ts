import { createComputed, createRoot } from 'solid-js'
import { expect, test } from 'bun:test'
import { createKeyed } from './create-keyed.ts'

test('a reader hears of its own key, and of no other', () => {
  const keyed = createKeyed<number>()
  const heard: (number | undefined)[] = []
  createRoot((dispose) => {
    createComputed(() => heard.push(keyed.get('a')))
    keyed.set('b', 1)
    keyed.set('a', 2)
    keyed.set('a', 2)
    keyed.set('a', undefined)
    dispose()
    keyed.set('a', 3)
  })
  expect(heard).toEqual([undefined, 2, undefined])
  expect(keyed.get('a')).toBe(3)
  expect(keyed.keys()).toEqual(['b', 'a'])
})

test('of two readers the one that is left still hears', () => {
  const keyed = createKeyed<number>()
  const heard: (number | undefined)[] = []
  const read = () => createRoot((end) => (createComputed(() => heard.push(keyed.get('a'))), end))
  const endFirst = read()
  const endSecond = read()
  endFirst()
  keyed.set('a', 1)
  endSecond()
  keyed.set('a', 2)
  expect(heard).toEqual([undefined, undefined, 1])
})
