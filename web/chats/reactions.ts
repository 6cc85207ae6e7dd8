import type { Reaction } from '../../src/protocol/chats.ts'

export const hasReacted = (
  reactions: readonly Reaction[],
  emoji: string,
  userId: string,
): boolean => reactions.some((one) => one.emoji === emoji && one.userIds.includes(userId))

/** The reactions with mine set or taken off, ahead of the server. */
export function withReaction(
  reactions: readonly Reaction[],
  emoji: string,
  isOn: boolean,
  userId: string,
): readonly Reaction[] {
  const held = reactions.find((one) => one.emoji === emoji)
  if ((held?.userIds.includes(userId) ?? false) === isOn) return reactions
  if (!held) return [...reactions, { emoji, count: 1, userIds: [userId] }]
  const next = {
    emoji,
    count: held.count + (isOn ? 1 : -1),
    userIds: isOn ? [...held.userIds, userId] : held.userIds.filter((id) => id !== userId),
  }
  return reactions.flatMap((one) => (one === held ? (next.count > 0 ? [next] : []) : [one]))
}

/** People named in a tooltip; more would not be read. */
const namedMax = 12

/** Whose names to tell, me first, and how many others there are. */
export function toldPeople(
  { count, userIds }: Reaction,
  meId: string,
): { userIds: string[]; others: number } {
  const mine = userIds.includes(meId) ? [meId] : []
  const named = [...mine, ...userIds.filter((id) => id !== meId)].slice(0, namedMax)
  return { userIds: named, others: Math.max(0, count - named.length) }
}
