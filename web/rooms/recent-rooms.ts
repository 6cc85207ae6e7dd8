import { makeShelf } from '../live/storage.ts'

const most = 20
const shelf = makeShelf('parley.')
const keyOf = (userId: string): string => `${userId}.recent-rooms`

/** Ids of the rooms that were opened in this browser, the last one first. */
export const recentRooms = (userId: string): string[] =>
  // Written below, as ids parted by spaces.
  (shelf.get(keyOf(userId)) ?? '').split(' ').filter((id) => id !== '')

export function rememberRecent(userId: string, roomId: string): void {
  shelf.set(keyOf(userId), withRecent(recentRooms(userId), roomId).join(' '))
}

export const withRecent = (recent: readonly string[], roomId: string): string[] =>
  [roomId, ...recent.filter((id) => id !== roomId)].slice(0, most)
