import { expect, test } from 'bun:test'
import type { User } from '../../src/protocol/users.ts'
import { loadEmoji } from '../emoji/table.ts'
import {
  emojiChoices,
  insertionOf,
  peopleChoices,
  roomChoices,
  type PeopleAround,
} from './choices.ts'

const person = (name: string, handle = name.toLowerCase()): User => ({
  id: handle,
  handle,
  name,
  avatarColor: 0,
})
const around = (more: Partial<PeopleAround> = {}): PeopleAround => ({
  members: [person('Ada Lovelace', 'ada'), person('Adele', 'adele'), person('Grace', 'grace')],
  found: [],
  isComplete: true,
  meId: 'me',
  speakers: [],
  isOnline: () => false,
  hasEveryone: true,
  ...more,
})
const people = (query: string, more?: Partial<PeopleAround>): string[] =>
  peopleChoices(query, around(more)).map(insertionOf)

test('people of the room come first, then everyone, then others', () => {
  const found = [person('Adam', 'adam'), person('Ada Lovelace', 'ada')]
  expect(people('ad', { found })).toEqual(['@ada', '@adele', '@adam'])
  expect(people('')).toEqual(['@ada', '@adele', '@grace', '@here', '@room'])
  expect(people('', { hasEveryone: false })).toEqual(['@ada', '@adele', '@grace'])
})

test('who is not in the room is told so, unless that is not known', () => {
  const found = [person('Zoe', 'zoe')]
  expect(peopleChoices('zo', around({ found }))).toEqual([
    { type: 'person', user: person('Zoe', 'zoe'), isMember: false },
  ])
  expect(peopleChoices('zo', around({ found, isComplete: false }))[0]).toMatchObject({
    isMember: true,
  })
})

test('of equal fits, who spoke last comes first, then who is online', () => {
  expect(people('', { speakers: ['grace'] })[0]).toBe('@grace')
  expect(people('', { isOnline: (id) => id === 'adele' })[0]).toBe('@adele')
  expect(people('ada', { speakers: ['adele'] })[0]).toBe('@ada')
})

test('names are found by any of their words, without accents; a letter within is too little', () => {
  const members = [person('Jörg Müller', 'joe'), person('Hans', 'hans')]
  expect(people('mul', { members })).toEqual(['@joe'])
  expect(people('jor', { members })).toEqual(['@joe'])
  expect(people('n', { members, hasEveryone: false })).toEqual([])
})

test('I am not offered to myself, and @here is first when it is what was typed', () => {
  expect(people('ada', { meId: 'ada' })).toEqual([])
  const members = [person('Heretic', 'heretic')]
  expect(people('here', { members })).toEqual(['@here', '@heretic'])
  expect(people('he', { members })).toEqual(['@heretic', '@here'])
})

test('rooms of mine come first, by how well they fit', () => {
  const room = (name: string) => ({ id: name, slug: name, name, kind: 'public' as const })
  const mine = [room('design-general'), room('general')]
  const found = [room('generals'), room('general')]
  expect(roomChoices('gen', mine, found).map(insertionOf)).toEqual([
    '#general',
    '#design-general',
    '#generals',
  ])
})

test('emoji used last come first where they fit, unless another is named in full', async () => {
  const table = await loadEmoji('en')
  const emoji = (query: string, recent: string[], tone = 0) =>
    emojiChoices(query, table, recent, tone).map(insertionOf)
  expect(emoji('thumbs', [], 2)[0]).toBe('👍🏼')
  expect(emoji('thumbs', ['👎🏿'])[0]).toBe('👎')
  expect(emoji('tada', ['🥳'])[0]).toBe('🎉')
  expect(emojiChoices('thumbs', table, [], 0)[0]).toMatchObject({ code: 'thumbsup' })
})
