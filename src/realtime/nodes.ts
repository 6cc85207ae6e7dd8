import type { Chat } from '../protocol/chats.ts'
import type { BusEvent, News } from './bus.ts'
import type { FarChanges } from './far-changes.ts'
import type { Link } from './link.ts'
import type { LiveRooms } from './live-rooms.ts'
import type { Lookout } from './lookout.ts'
import type { Peers } from './peers.ts'
import type { HubPorts } from './ports.ts'
import type { Presence } from './presence.ts'
import type { Previews } from './previews.ts'

interface NodesOptions {
  ports: Pick<HubPorts, 'bus' | 'clock' | 'counts'>
  link: Link
  peers: Peers
  live: LiveRooms
  presence: Presence
  previews: Previews
  lookout: Lookout
  changes: FarChanges
  /** What the hub does for a piece of news of its own, without telling it on. */
  on: {
    typing: (roomId: string, userIds: string[]) => void
    told: (userId: string, text: string) => void
    userUpdated: (user: Extract<BusEvent, { type: 'user_updated' }>['user']) => void
    sessionRevoked: (sessionId: string) => void
  }
}

/** Heads of rooms written in this time are told again each second: what a node lost, it then sees. */
const recentMs = 10_000
const headsEachMs = 1_000

/** This node among the others: what it tells them and what it does on what they tell. */
export function createNodes(options: NodesOptions) {
  const { ports, link, peers, live, presence, previews, lookout, changes, on } = options
  const { bus, clock, counts } = ports
  const written = new Map<string, { head: number; atMs: number }>()
  let presenceVersion = 0
  let toldHeadsAtMs = Number.NEGATIVE_INFINITY
  let upSinceMs = Number.NEGATIVE_INFINITY

  const heardChats = (from: string, chats: Chat[]): void => {
    for (const chat of chats) {
      if (live.get(chat.roomId)) live.deliver(chat, false)
      else changes.act(chat)
    }
    previews.heardStored(from, chats)
  }

  const tellEveryone = (): void => {
    const people = presence.allHere()
    link.tell({ type: 'presence', version: presenceVersion, all: true, people })
  }

  const hear = (event: BusEvent): void => {
    const { from } = event
    if (from === link.nodeId) return link.heardOwn(event)
    switch (event.type) {
      case 'beat':
        return peers.beat(from, event.presence)
      case 'bye':
        return peers.bye(from)
      case 'chats':
        return heardChats(from, event.chats)
      case 'heads':
        for (const { roomId, head } of event.heads) live.known(roomId, head)
        return
      case 'preview':
        return previews.heard(from, event.roomId, event.chats)
      case 'preview_withdrawn':
        return previews.heardWithdrawn(from, event.roomId, event.ids)
      case 'presence':
        return peers.presence(event)
      case 'presence_wanted':
        return event.of === link.nodeId ? tellEveryone() : undefined
      case 'typing':
        return on.typing(event.roomId, event.userIds)
      case 'told':
        return on.told(event.userId, event.text)
      case 'room_created':
        for (const userId of event.userIds) changes.welcome(userId, event.roomId)
        return
      case 'user_updated':
        return on.userUpdated(event.user)
      case 'session_revoked':
        return on.sessionRevoked(event.sessionId)
      case 'used':
        return counts.heard(event.limit, event.keys)
    }
  }

  const tellHeads = (nowMs: number): void => {
    toldHeadsAtMs = nowMs
    const heads: { roomId: string; head: number }[] = []
    for (const [roomId, { head, atMs }] of written) {
      if (nowMs - atMs > recentMs) written.delete(roomId)
      else heads.push({ roomId, head })
    }
    if (heads.length > 0) link.tell({ type: 'heads', heads })
  }

  const tellPresence = (): void => {
    const people = presence.takeHere()
    if (people.length === 0) return
    presenceVersion += 1
    link.tell({ type: 'presence', version: presenceVersion, all: false, people })
  }

  const missed = (): void => {
    lookout.missed()
    previews.missed()
  }

  bus?.listen({ hear, missed })

  return {
    /** What this node committed, in order. */
    committed(chats: Chat[]): void {
      if (!bus || chats.length === 0) return
      const atMs = clock()
      for (const { roomId, rev } of chats) {
        written.set(roomId, { head: Math.max(rev, written.get(roomId)?.head ?? 0), atMs })
      }
      link.tell({ type: 'chats', chats })
    },

    tell: (news: News): void => link.tell(news),
    tellSurely: (news: News): void => link.tellSurely(news),

    tick(): void {
      lookout.tick()
      const used = counts.take()
      if (!bus) return
      const nowMs = clock()
      if (link.cameUp()) {
        upSinceMs = nowMs
        missed()
      }
      tellPresence()
      for (const news of used) link.tell(news)
      link.beat(presenceVersion)
      if (link.isUp()) peers.sweep(upSinceMs)
      if (nowMs - toldHeadsAtMs >= headsEachMs) tellHeads(nowMs)
    },

    bye: (): void => link.tell({ type: 'bye' }),
  }
}

export type Nodes = ReturnType<typeof createNodes>
