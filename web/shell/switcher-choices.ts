import type { MyRoom } from '../../src/protocol/rooms.ts'
import type { User } from '../../src/protocol/users.ts'
import { badgeOf, isWaiting, roomTitle } from '../rooms/room-state.ts'
import { fold, fuzzyScore } from './fuzzy.ts'

/** Where the quick switcher can lead: a room of mine, or a person I have no direct room with. */
export type Choice = { type: 'room'; room: MyRoom } | { type: 'person'; user: User }

const most = 12
/** What waits for me is likelier what I look for; less than what makes a better kind of fit. */
const unreadBonus = 20
const badgeBonus = 30

/** Where I am, and where I was before: rooms by id, the last one first. */
export interface Trail {
  here?: string | undefined
  recent: readonly string[]
}

/**
 * The best choices for what is typed; of equal ones where I was last, then what was active last. With
 * nothing typed that is: what is unread, then my trail, and where I am at the end.
 */
export function switcherChoices(
  query: string,
  rooms: readonly MyRoom[],
  people: readonly User[],
  { here, recent }: Trail = { recent: [] },
): Choice[] {
  const wanted = fold(query.trim().replace(/^[@#]/, ''))
  const open = rooms.filter((room) => room.archivedAt === null)
  const talkedTo = new Set(
    open.flatMap(({ kind, people: [first, ...more] }) =>
      kind === 'direct' && first && more.length === 0 ? [first.id] : [],
    ),
  )
  const strangers = wanted === '' ? [] : people.filter((user) => !talkedTo.has(user.id))
  const ranked = [
    ...open.map((room) => ({
      choice: { type: 'room', room } as const,
      score: roomScore(wanted, room),
    })),
    ...strangers.map((user) => ({
      choice: { type: 'person', user } as const,
      score: best(wanted, [user.name, user.handle]),
    })),
  ].filter(({ score }) => score > -Infinity)
  const places = new Map(recent.map((id, at) => [id, at]))
  const place = (choice: Choice): number => {
    const id = choice.type === 'room' ? choice.room.id : ''
    // Nobody looks for where they are, unless they type its name.
    return wanted === '' && id === here ? Infinity : (places.get(id) ?? recent.length)
  }
  const isFurther = (a: Choice, b: Choice): number => {
    const [one, other] = [place(a), place(b)]
    // Infinity less itself is no number.
    return one === other ? 0 : one - other
  }
  return ranked
    .sort(
      (a, b) =>
        b.score - a.score ||
        isFurther(a.choice, b.choice) ||
        lastActive(b.choice).localeCompare(lastActive(a.choice)),
    )
    .slice(0, most)
    .map(({ choice }) => choice)
}

function roomScore(wanted: string, room: MyRoom): number {
  const waiting = badgeOf(room) > 0 ? badgeBonus : isWaiting(room) ? unreadBonus : 0
  return best(wanted, [roomTitle(room), ...room.people.map((person) => person.handle)]) + waiting
}

const best = (wanted: string, texts: readonly string[]): number =>
  Math.max(...texts.map((text) => fuzzyScore(wanted, fold(text)) ?? -Infinity))

const lastActive = (choice: Choice): string =>
  choice.type === 'room' ? (choice.room.lastChatAt ?? choice.room.createdAt) : ''
