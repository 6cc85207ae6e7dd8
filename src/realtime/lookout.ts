import type { Connection } from './connection.ts'
import type { Link } from './link.ts'
import type { LiveRooms } from './live-rooms.ts'
import type { Clock, DatabaseLooks, HubEvent } from './ports.ts'
import type { Presence } from './presence.ts'

interface LookoutOptions {
  looks: DatabaseLooks
  link: Link
  live: LiveRooms
  presence: Presence
  connections: ReadonlySet<Connection>
  clock: Clock
  report: (event: HubEvent) => void
  onSessionEnded: (sessionId: string) => void
  onPlace: (userId: string, roomId: string) => void
  onEpoch: (epoch: string) => void
}

const lookEachMs = 500
/** A standby that takes over shows its new timeline some time after it answers. */
const epochEachMs = 30_000
/** How often a node that hears nobody asks whether there is anybody. */
const peersEachMs = 2_000
/** Memberships of so far back are looked at, each time: a transaction may be seen long after its start. */
const placesBackSeconds = 15

/**
 * What a node learns from the database when nobody tells it: while the bus is away, and once after
 * something may have been missed. Heads of rooms, ended sessions, new memberships; who was removed
 * shows in the room's own chats. A node that is alone on its database does not look.
 */
export function createLookout(options: LookoutOptions) {
  const { looks, link, live, presence, connections, clock, report } = options
  const { onSessionEnded, onPlace, onEpoch } = options
  let isLooking = false
  let hasPeers = false
  let peersAtMs = Number.NEGATIVE_INFINITY
  let lookedAtMs = Number.NEGATIVE_INFINITY
  let mayHaveMissed = false
  let epochAtMs = clock()
  let hasFailed = false
  /** Places that were told, so that one is told once though it is seen several times. */
  let told = new Set<string>()

  const lookAtHeads = async (): Promise<void> => {
    for (const { roomId, head } of await looks.headsPast(live.heads())) live.known(roomId, head)
  }

  const lookAtSessions = async (): Promise<void> => {
    const sessionIds = new Set<string>()
    for (const { identity } of connections) if (identity) sessionIds.add(identity.sessionId)
    if (sessionIds.size === 0) return
    for (const sessionId of await looks.endedOf([...sessionIds])) onSessionEnded(sessionId)
  }

  const lookAtPlaces = async (): Promise<void> => {
    const userIds = presence.usersHere()
    if (userIds.length === 0) return
    const seen = new Set<string>()
    for (const { userId, roomId, joinedAt } of await looks.newPlaces(userIds, placesBackSeconds)) {
      const key = `${userId} ${roomId} ${joinedAt}`
      seen.add(key)
      if (!told.has(key)) onPlace(userId, roomId)
    }
    told = seen
  }

  const look = async (nowMs: number): Promise<void> => {
    isLooking = true
    try {
      if (nowMs - peersAtMs >= peersEachMs) {
        hasPeers = await looks.hasPeers()
        peersAtMs = nowMs
      }
      if (mayHaveMissed || nowMs - epochAtMs >= epochEachMs) {
        onEpoch(await looks.epoch())
        epochAtMs = nowMs
      }
      if (hasPeers || mayHaveMissed) {
        mayHaveMissed = false
        await Promise.all([lookAtHeads(), lookAtSessions(), lookAtPlaces()])
      }
      hasFailed = false
    } catch (error) {
      mayHaveMissed = true
      // Once, and not twice a second for as long as the database is away.
      if (!hasFailed) report({ type: 'read_failed', error })
      hasFailed = true
    } finally {
      isLooking = false
    }
  }

  return {
    /** Nobody else was connected to the database at the last look, at most 2 s ago. */
    isAlone: (): boolean => !hasPeers && clock() - peersAtMs < 2 * peersEachMs,

    /** News may have been lost on the way. */
    missed(): void {
      mayHaveMissed = true
    },

    tick(): void {
      const nowMs = clock()
      if (isLooking || nowMs - lookedAtMs < lookEachMs) return
      if (link.isUp() && !mayHaveMissed && nowMs - epochAtMs < epochEachMs) return
      lookedAtMs = nowMs
      void look(nowMs)
    },
  }
}

export type Lookout = ReturnType<typeof createLookout>
