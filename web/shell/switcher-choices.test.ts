import { expect, test } from 'bun:test'
import { ada, direct, grace, room } from '../rooms/testing.ts'
import { switcherChoices } from './switcher-choices.ts'

const named = (...given: Parameters<typeof switcherChoices>) =>
  switcherChoices(...given).map((choice) =>
    choice.type === 'room' ? choice.room.id : `@${choice.user.handle}`,
  )

test('with nothing typed, what waits for me comes first, then what was active last', () => {
  const rooms = [
    room('quiet'),
    room('lively', { lastChatAt: '2026-05-01T00:00:00.000Z' }),
    room('unread', { lastMainSeq: 1 }),
    direct('for-me', { lastMainSeq: 1 }),
    room('gone', { archivedAt: '2026-01-02T00:00:00.000Z', lastMainSeq: 1 }),
  ]
  expect(named('', rooms, [ada])).toEqual(['for-me', 'unread', 'lively', 'quiet'])
})

test('with nothing typed, behind what waits come the rooms where I was, and last where I am', () => {
  const rooms = [
    room('here'),
    room('never'),
    room('before'),
    room('long-ago'),
    room('unread', { lastMainSeq: 1 }),
  ]
  const trail = { here: 'here', recent: ['here', 'before', 'long-ago', 'gone'] }
  expect(named('', rooms, [], trail)).toEqual(['unread', 'before', 'long-ago', 'never', 'here'])
  expect(named('here', rooms, [], trail)[0]).toBe('here')
})

test('unread helps among equal fits, not against a better one', () => {
  const rooms = [
    room('design-a'),
    room('design-b', { lastMainSeq: 1 }),
    room('x-design', { lastMainSeq: 1 }),
  ]
  expect(named('design', rooms, [])).toEqual(['design-b', 'design-a', 'x-design'])
})

test('a person is offered once: by the direct room with them if there is one', () => {
  const withAda = direct('d', { people: [ada] })
  expect(named('ada', [withAda], [ada])).toEqual(['d'])
  expect(named('@gra', [withAda], [ada, grace])).toEqual(['@grace'])
  expect(named('ada', [direct('three')], [ada])).toContain('@ada')
})
