import type { PresenceStatus } from '../protocol/users.ts'
import type { Connection } from './connection.ts'
import type { Clock } from './ports.ts'

/** A user who comes back this soon was never gone: a reload is no news. */
const offlineGraceMs = 5_000

interface Person {
  connections: Set<Connection>
  /** What others were told last. */
  told: PresenceStatus
  goneAtMs: number | null
}

/** Who is here: a user is online while any connection is, away when all are, offline when none is left. */
export function createPresence(clock: Clock) {
  const people = new Map<string, Person>()
  const changed = new Set<string>()

  const statusOf = (person: Person): PresenceStatus => {
    if (person.connections.size === 0) {
      const isGone = person.goneAtMs !== null && clock() - person.goneAtMs >= offlineGraceMs
      return isGone ? 'offline' : person.told
    }
    for (const connection of person.connections) if (!connection.isAway) return 'online'
    return 'away'
  }

  return {
    add(userId: string, connection: Connection): void {
      let person = people.get(userId)
      if (!person)
        people.set(userId, (person = { connections: new Set(), told: 'offline', goneAtMs: null }))
      person.connections.add(connection)
      person.goneAtMs = null
      changed.add(userId)
    },

    remove(userId: string, connection: Connection): void {
      const person = people.get(userId)
      if (!person) return
      person.connections.delete(connection)
      if (person.connections.size === 0) person.goneAtMs = clock()
      changed.add(userId)
    },

    /** A connection went away or came back. */
    touch: (userId: string): void => void changed.add(userId),

    connectionsOf: (userId: string): ReadonlySet<Connection> =>
      people.get(userId)?.connections ?? new Set(),

    users: () => people.size,

    snapshot(): { userId: string; status: PresenceStatus }[] {
      const present: { userId: string; status: PresenceStatus }[] = []
      for (const [userId, person] of people) {
        const status = statusOf(person)
        if (status !== 'offline') present.push({ userId, status })
      }
      return present
    },

    /** What changed since the last call; empty when there is nothing to tell. */
    take(): { userId: string; status: PresenceStatus }[] {
      const news: { userId: string; status: PresenceStatus }[] = []
      for (const userId of changed) {
        const person = people.get(userId)
        if (!person) {
          changed.delete(userId)
          continue
        }
        const status = statusOf(person)
        if (status !== person.told) {
          person.told = status
          news.push({ userId, status })
        }
        if (person.connections.size > 0) changed.delete(userId)
        if (status === 'offline' && person.connections.size === 0) {
          changed.delete(userId)
          people.delete(userId)
        }
      }
      return news
    },
  }
}

export type Presence = ReturnType<typeof createPresence>
