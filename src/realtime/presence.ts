import type { PresenceStatus } from '../protocol/users.ts'
import type { Attendance } from './bus.ts'
import type { Connection } from './connection.ts'
import type { Clock } from './ports.ts'

/** A user who comes back this soon was never gone: a reload is no news. */
const offlineGraceMs = 5_000

interface Person {
  /** A few at most; a new list at each change, so that one may be closed while they are told. */
  connections: readonly Connection[]
  /** What others were told last. */
  told: PresenceStatus
  goneAtMs: number | null
}

interface PresenceOptions {
  clock: Clock
  /** Where a user is on the other nodes. */
  elsewhere: (userId: string) => 'online' | 'away' | null
  /** There are other nodes, who want to hear of the people here. */
  tellsOthers: boolean
}

const nobody: readonly Connection[] = []

/** Who is here: a user is online while any connection is, away when all are, offline when none is left. */
export function createPresence({ clock, elsewhere, tellsOthers }: PresenceOptions) {
  const people = new Map<string, Person>()
  const changed = new Set<string>()
  /** Whose connections to this node changed since other nodes were told. */
  const changedHere = new Set<string>()

  const hereOf = (person: Person | undefined): 'online' | 'away' | null => {
    if (!person || person.connections.length === 0) return null
    for (const connection of person.connections) if (!connection.isAway) return 'online'
    return 'away'
  }

  const statusOf = (userId: string, person: Person): PresenceStatus => {
    const here = hereOf(person)
    const there = here === 'online' ? null : elsewhere(userId)
    const present = there === 'online' ? there : (here ?? there)
    if (present) person.goneAtMs = null
    else person.goneAtMs ??= clock()
    if (person.goneAtMs === null) return present ?? 'offline'
    return clock() - person.goneAtMs >= offlineGraceMs ? 'offline' : person.told
  }

  const personOf = (userId: string): Person => {
    let person = people.get(userId)
    if (!person) {
      person = { connections: [], told: 'offline', goneAtMs: null }
      people.set(userId, person)
    }
    return person
  }

  const touch = (userId: string): void => {
    changed.add(userId)
    if (tellsOthers) changedHere.add(userId)
  }

  const attendanceOf = (userId: string): Attendance => {
    const person = people.get(userId)
    return { userId, status: hereOf(person), sockets: person?.connections.length ?? 0 }
  }

  return {
    add(userId: string, connection: Connection): void {
      const person = personOf(userId)
      person.connections = [...person.connections, connection]
      touch(userId)
    },

    /** One of before a rest: others know of it. */
    restore(userId: string, connection: Connection): void {
      const person = personOf(userId)
      person.connections = [...person.connections, connection]
      person.told = hereOf(person) ?? person.told
    },

    remove(userId: string, connection: Connection): void {
      const person = people.get(userId)
      if (!person) return
      person.connections = person.connections.filter((other) => other !== connection)
      // From now on, not from when somebody looks.
      statusOf(userId, person)
      touch(userId)
    },

    /** A connection went away or came back. */
    touch,

    /** Something changed on another node. */
    touchFar(userId: string): void {
      statusOf(userId, personOf(userId))
      changed.add(userId)
    },

    connectionsOf: (userId: string): readonly Connection[] =>
      people.get(userId)?.connections ?? nobody,

    users: () => people.size,

    /** The users with a connection to this node. */
    usersHere: (): string[] =>
      [...people].flatMap(([userId, { connections }]) => (connections.length > 0 ? [userId] : [])),

    snapshot(): { userId: string; status: PresenceStatus }[] {
      const present: { userId: string; status: PresenceStatus }[] = []
      for (const [userId, person] of people) {
        const status = statusOf(userId, person)
        if (status !== 'offline') present.push({ userId, status })
      }
      return present
    },

    /** What changed since the last call, at most `max`; the rest comes next time. */
    take(max: number): { userId: string; status: PresenceStatus }[] {
      const news: { userId: string; status: PresenceStatus }[] = []
      for (const userId of changed) {
        if (news.length >= max) break
        const person = people.get(userId)
        if (!person) {
          changed.delete(userId)
          continue
        }
        const status = statusOf(userId, person)
        if (status !== person.told) {
          person.told = status
          news.push({ userId, status })
        }
        // Whoever is in the time of grace is looked at again.
        if (person.goneAtMs === null) changed.delete(userId)
        else if (status === 'offline') {
          changed.delete(userId)
          people.delete(userId)
        }
      }
      return news
    },

    /** Everyone was told of everyone. */
    isTold: (): boolean => changed.size === 0,

    /** Whose connections to this node changed since the last call, as they are now. */
    takeHere(): Attendance[] {
      const attendances = [...changedHere].map(attendanceOf)
      changedHere.clear()
      return attendances
    },

    /** Everyone with a connection to this node. */
    allHere: (): Attendance[] =>
      [...people.keys()].map(attendanceOf).filter(({ status }) => status !== null),
  }
}

export type Presence = ReturnType<typeof createPresence>
