import { expect, test } from 'bun:test'
import { direct, room } from '../rooms/testing.ts'
import { arrange, stepTarget, withRoomMoved, withSection } from './arrangement.ts'

const all = [
  room('r10', { name: 'Room 10' }),
  room('r9', { name: 'room 9' }),
  room('r1', { name: 'Room 1' }),
  room('old', { archivedAt: '2026-01-02T00:00:00.000Z' }),
  direct('quiet'),
  direct('busy', { lastChatAt: '2026-02-01T00:00:00.000Z' }),
]
const work = { id: 'work', name: 'Work', roomIds: ['r10', 'quiet'] }
const fun = { id: 'fun', name: 'Fun', roomIds: [] }
const shown = (mine: Parameters<typeof arrange>[1]) =>
  arrange(all, mine).map(({ id, rooms }) => `${id}: ${rooms.map((each) => each.id).join(' ')}`)

test('without any order of mine, rooms are by name and direct rooms by their last chat; archived ones are hidden', () => {
  expect(shown({})).toEqual(['rooms: r1 r9 r10', 'directs: busy quiet'])
})

test('each room stands once: favourites take first, then own sections in their order', () => {
  expect(shown({ favourites: ['quiet', 'r9', 'old', 'gone'], sections: [work, fun] })).toEqual([
    'favourites: quiet r9',
    'work: r10',
    'fun: ',
    'rooms: r1',
    'directs: busy',
  ])
})

test('a room moves before another, to an end, and back among all', () => {
  const mine = { favourites: ['r1'], sections: [work, fun] }
  expect(
    withRoomMoved(mine, 'r9', { partId: 'work', before: 'quiet' }).sections[0]?.roomIds,
  ).toEqual(['r10', 'r9', 'quiet'])
  const moved = withRoomMoved(mine, 'r1', { partId: 'fun', before: null })
  expect(moved.favourites).toEqual([])
  expect(moved.sections[1]?.roomIds).toEqual(['r1'])
  const back = withRoomMoved(mine, 'r10', { partId: 'rooms', before: 'r1' })
  expect(back).toEqual({ favourites: ['r1'], sections: [{ ...work, roomIds: ['quiet'] }, fun] })
})

test('a room steps within its part and stops at the ends; the parts in order of their own have no steps', () => {
  const mine = { favourites: ['r1', 'r9', 'r10'] }
  const [favourites, rooms] = arrange(all, { ...mine })
  if (!favourites || !rooms) throw new Error('parts are missing')
  const after = (id: string, step: 1 | -1) => {
    const target = stepTarget(favourites, id, step)
    return target && withRoomMoved(mine, id, target).favourites.join(' ')
  }
  expect(after('r1', 1)).toBe('r9 r1 r10')
  expect(after('r9', 1)).toBe('r1 r10 r9')
  expect(after('r10', -1)).toBe('r1 r10 r9')
  expect(after('r1', -1)).toBeNull()
  expect(after('r10', 1)).toBeNull()
  expect(stepTarget(rooms, 'busy', 1)).toBeNull()
})

test('a section is renamed, moved and taken away; what was in it stands among all again', () => {
  expect(withSection([work, fun], 'fun', { name: 'Play' })[1]?.name).toBe('Play')
  expect(withSection([work, fun], 'fun', { step: -1 }).map(({ id }) => id)).toEqual(['fun', 'work'])
  expect(withSection([work, fun], 'fun', { step: 1 }).map(({ id }) => id)).toEqual(['work', 'fun'])
  expect(shown({ sections: withSection([work, fun], 'work', null) })).toEqual([
    'fun: ',
    'rooms: r1 r9 r10',
    'directs: busy quiet',
  ])
})
