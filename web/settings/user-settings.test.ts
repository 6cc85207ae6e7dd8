import { expect, test } from 'bun:test'
import { createRoot } from 'solid-js'
import type { UserSettings } from '../../src/protocol/settings.ts'
import { makeShelf } from '../live/storage.ts'
import { memoryStorage } from '../live/testing.ts'
import { createUserSettings } from './user-settings.ts'

function scene(kept: UserSettings = {}) {
  const storage = memoryStorage()
  const shelf = makeShelf('test.', storage)
  shelf.set('settings', JSON.stringify(kept))
  const saves: { part: UserSettings; end: PromiseWithResolvers<UserSettings> }[] = []
  const refusals: unknown[] = []
  const mine = createRoot(() =>
    createUserSettings({
      load: () => Promise.reject(new Error('no line')),
      save: (part) => {
        const end = Promise.withResolvers<UserSettings>()
        saves.push({ part, end })
        return end.promise
      },
      shelf,
      refused: (error) => refusals.push(error),
    }),
  )
  return { mine, saves, refusals, shelf }
}

test('what was kept is there at once, and stays when the server can’t be asked', async () => {
  const { mine } = scene({ sound: false })
  expect(mine.settings()).toEqual({ sound: false })
  await mine.reload()
  expect(mine.settings()).toEqual({ sound: false })
})

test('a change shows at once, and is kept once the server has it', async () => {
  const { mine, saves, shelf } = scene({ sound: false })
  const done = mine.change({ notify: 'all' })
  expect(mine.settings()).toEqual({ sound: false, notify: 'all' })
  expect(shelf.get('settings')).toBe('{"sound":false}')
  await Promise.resolve()
  saves[0]?.end.resolve({ sound: false, notify: 'all' })
  await done
  expect(shelf.get('settings')).toBe('{"sound":false,"notify":"all"}')
})

test('a refused change is taken back and told; those after it stay', async () => {
  const { mine, saves, refusals } = scene()
  const first = mine.change({ notify: 'none' })
  const second = mine.change({ sound: false })
  await Promise.resolve()
  saves[0]?.end.reject(new Error('no'))
  await first
  expect(mine.settings()).toEqual({ sound: false })
  expect(refusals).toHaveLength(1)
  saves[1]?.end.resolve({ sound: false })
  await second
  expect(mine.settings()).toEqual({ sound: false })
})

test('changes are sent one after the other, and news from elsewhere does not undo what is on its way', async () => {
  const { mine, saves } = scene()
  const done = [mine.change({ skinTone: 1 }), mine.change({ skinTone: 2 })]
  await Promise.resolve()
  expect(saves).toHaveLength(1)
  mine.hear({ skinTone: 5, sound: true })
  expect(mine.settings()).toEqual({ skinTone: 2, sound: true })
  saves[0]?.end.resolve({ skinTone: 1, sound: true })
  await done[0]
  expect(mine.settings().skinTone).toBe(2)
  saves[1]?.end.resolve({ skinTone: 2, sound: true })
  await Promise.all(done)
  expect(mine.settings()).toEqual({ skinTone: 2, sound: true })
})

test('a store that holds nonsense is no store', () => {
  const shelf = { get: () => '{', set: () => {} }
  const mine = createRoot(() =>
    createUserSettings({
      load: () => Promise.resolve({}),
      save: (part) => Promise.resolve(part),
      shelf,
      refused: () => {},
    }),
  )
  expect(mine.settings()).toEqual({})
})
