import type { Everyone } from '../../src/protocol/chats.ts'
import type { Room } from '../../src/protocol/rooms.ts'
import type { User } from '../../src/protocol/users.ts'
import { searchEmoji } from '../emoji/search.ts'
import type { EmojiTable } from '../emoji/table.ts'
import { shapeOf, withTone } from '../emoji/tone.ts'
import { fold } from '../shell/fuzzy.ts'

/** What a completion can put in the place of what is typed. */
export type Choice =
  | { type: 'person'; user: User; isMember: boolean }
  | { type: 'everyone'; who: Everyone }
  | { type: 'room'; room: ChoiceRoom }
  | { type: 'emoji'; emoji: string; name: string; code: string }

export type ChoiceRoom = Pick<Room, 'id' | 'slug' | 'name' | 'kind'>

const most = 8

/** The text of a choice, without the blank behind it. */
export function insertionOf(choice: Choice): string {
  switch (choice.type) {
    case 'person':
      return `@${choice.user.handle}`
    case 'everyone':
      return `@${choice.who}`
    case 'room':
      return `#${choice.room.slug}`
    case 'emoji':
      return choice.emoji
  }
}

/** How well what is typed fits: all of it, a beginning, the beginning of a word, or (from two letters on) within. */
function fitOf(query: string, texts: readonly string[]): number {
  return Math.max(...texts.map((text) => fit(query, fold(text))))
}

function fit(query: string, text: string): number {
  if (text === query) return 4
  if (text.startsWith(query)) return 3
  if (text.split(/[\s._-]+/).some((word) => word.startsWith(query))) return 2
  return query.length > 1 && text.includes(query) ? 1 : 0
}

export interface PeopleAround {
  members: readonly User[]
  /** People that a search found; those who are members are shown as such. */
  found: readonly User[]
  /** All members are known, so whoever is not among them is not in the room. */
  isComplete: boolean
  meId: string
  /** Who spoke here, the last one first. */
  speakers: readonly string[]
  isOnline: (userId: string) => boolean
  /** In a talk of two there is nobody else to call. */
  hasEveryone: boolean
}

/**
 * People for an `@`: who is in the room, by how well they fit, then who spoke last, then who is online;
 * behind them everyone at once, and then people who are not in it.
 */
export function peopleChoices(typed: string, around: PeopleAround): Choice[] {
  const query = fold(typed)
  const inRoom = new Set(around.members.map((user) => user.id))
  const spoke = (user: User): number => {
    const at = around.speakers.indexOf(user.id)
    return at === -1 ? around.speakers.length : at
  }
  const ranked = (users: readonly User[]): User[] =>
    users
      .map((user) => ({ user, fit: fitOf(query, [user.handle, user.name]) }))
      .filter(({ user, fit: how }) => how > 0 && user.id !== around.meId)
      .sort(
        (a, b) =>
          b.fit - a.fit ||
          spoke(a.user) - spoke(b.user) ||
          Number(around.isOnline(b.user.id)) - Number(around.isOnline(a.user.id)) ||
          a.user.name.localeCompare(b.user.name),
      )
      .map(({ user }) => user)
  const everyone = (['here', 'room'] as const)
    .filter((who) => around.hasEveryone && who.startsWith(query))
    .map((who): Choice => ({ type: 'everyone', who }))
  const members = ranked(around.members)
    .slice(0, most - everyone.length)
    .map((user): Choice => ({ type: 'person', user, isMember: true }))
  const others = query === '' ? [] : around.found.filter((user) => !inRoom.has(user.id))
  const strangers = ranked(others).map((user): Choice => ({
    type: 'person',
    user,
    isMember: !around.isComplete,
  }))
  const isCalled = query === 'here' || query === 'room'
  const here = isCalled ? [...everyone, ...members] : [...members, ...everyone]
  return [...here, ...strangers].slice(0, most)
}

/** Rooms for a `#`: mine first, each by how well it fits. */
export function roomChoices(
  typed: string,
  mine: readonly ChoiceRoom[],
  found: readonly ChoiceRoom[],
): Choice[] {
  const query = fold(typed)
  const ranked = (rooms: readonly ChoiceRoom[]): ChoiceRoom[] =>
    rooms
      .map((room) => ({ room, fit: room.slug === null ? 0 : fitOf(query, [room.name, room.slug]) }))
      .filter((each) => each.fit > 0)
      .sort((a, b) => b.fit - a.fit || a.room.name.localeCompare(b.room.name))
      .map(({ room }) => room)
  const held = new Set(mine.map((room) => room.id))
  const others = found.filter((room) => !held.has(room.id))
  return [...ranked(mine), ...ranked(others)]
    .slice(0, most)
    .map((room): Choice => ({ type: 'room', room }))
}

/** Emoji for a `:`: the ones used last in front, where they fit. */
export function emojiChoices(
  typed: string,
  table: EmojiTable,
  recent: readonly string[],
  tone: number,
): Choice[] {
  const found = searchEmoji(table, typed, 40)
  const shapes = recent.map(shapeOf)
  const used = (emoji: string): number => {
    const at = shapes.indexOf(shapeOf(emoji))
    return at === -1 ? shapes.length : at
  }
  const isWhole = (codes: readonly string[]): boolean => codes.includes(typed.toLowerCase())
  return found
    .map((entry, at) => ({ entry, at }))
    .sort(
      (a, b) =>
        Number(isWhole(b.entry.codes)) - Number(isWhole(a.entry.codes)) ||
        used(a.entry.emoji) - used(b.entry.emoji) ||
        a.at - b.at,
    )
    .slice(0, most)
    .map(({ entry: { emoji, hasTones, name, codes } }): Choice => ({
      type: 'emoji',
      emoji: hasTones ? withTone(emoji, tone) : emoji,
      name,
      code: codes.find((code) => code.startsWith(typed.toLowerCase())) ?? codes[0] ?? '',
    }))
}
