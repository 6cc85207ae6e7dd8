import type { User } from '../../src/protocol/users.ts'
import { api, call } from '../api.ts'
import type { Live } from '../live/index.ts'

const asked = new Set<string>()

/**
 * Those of `ids` whose names are known here. The others are asked for, each once, and join them when
 * the answer comes.
 */
export function knownPeople(
  live: Pick<Live, 'userById' | 'learnUsers'>,
  ids: readonly string[],
): User[] {
  return ids.flatMap((id) => {
    const user = live.userById(id)
    if (!user) void learn(live, id)
    return user ?? []
  })
}

async function learn(live: Pick<Live, 'learnUsers'>, userId: string): Promise<void> {
  if (asked.has(userId)) return
  asked.add(userId)
  try {
    live.learnUsers([(await call(api.users[':userId'].$get({ param: { userId } }))).user])
  } catch {
    // Whoever looks again asks again.
    asked.delete(userId)
  }
}
