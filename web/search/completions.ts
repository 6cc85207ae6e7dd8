import type { MyRoom } from '../../src/protocol/rooms.ts'
import type { User } from '../../src/protocol/users.ts'
import { roomTitle } from '../rooms/room-state.ts'
import { fold, fuzzyScore } from '../shell/fuzzy.ts'
import type { Completion } from './search-text.ts'

/** Someone or somewhere that a part of the search can name; `value` is how it does. */
export type Choice = { value: string } & (
  | { type: 'me' }
  | { type: 'person'; user: User }
  | { type: 'room'; room: MyRoom }
)

const most = 6

/** The best choices for what is begun: people and me for `from:`, rooms of mine for `in:`. */
export function choicesFor(
  completion: Completion,
  rooms: readonly MyRoom[],
  people: readonly User[],
): Choice[] {
  const wanted = fold(completion.typed)
  const scored =
    completion.type === 'from'
      ? [
          { choice: { type: 'me', value: 'me' } as const, score: fuzzyScore(wanted, 'me') },
          ...people.map((user) => ({
            choice: { type: 'person', user, value: `@${user.handle}` } as const,
            score: best(wanted, [user.handle, user.name]),
          })),
        ]
      : rooms.flatMap((room) => {
          const value = addressOf(room)
          if (value === null) return []
          return {
            choice: { type: 'room', room, value } as const,
            score: best(wanted, [roomTitle(room), value.slice(1)]),
          }
        })
  return scored
    .filter(({ score }) => score !== null && score > -Infinity)
    .sort(
      (a, b) =>
        (b.score ?? 0) - (a.score ?? 0) || lastActive(b.choice).localeCompare(lastActive(a.choice)),
    )
    .slice(0, most)
    .map(({ choice }) => choice)
}

/** How a search names a room; null for a talk of several, which has no name of its own. */
function addressOf(room: MyRoom): string | null {
  if (room.slug !== null) return `#${room.slug}`
  const [other, ...more] = room.people
  return other && more.length === 0 ? `@${other.handle}` : null
}

const best = (wanted: string, texts: readonly string[]): number =>
  Math.max(...texts.map((text) => fuzzyScore(wanted, fold(text)) ?? -Infinity))

const lastActive = (choice: Choice): string =>
  choice.type === 'room' ? (choice.room.lastChatAt ?? choice.room.createdAt) : ''
