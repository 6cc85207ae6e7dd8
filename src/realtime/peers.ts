import type { Attendance, BusEvent } from './bus.ts'
import type { Clock } from './ports.ts'

interface Peer {
  heardAtMs: number
  /** Of the presence that is known. A node starts at 0, with nobody there. */
  version: number
  people: Map<string, Attendance>
  askedAtMs: number
}

interface PeersOptions {
  clock: Clock
  /** Asks a node for all its people. */
  ask: (nodeId: string) => void
  /** Somebody came to another node, or went there. */
  onChange: (userId: string) => void
  /** A node went, or died. */
  onGone: (nodeId: string) => void
}

/** A node that gave no sign of life this long is gone, and its people with it. */
const leaseMs = 5_000
const askEachMs = 1_000

/** The other nodes, and who is connected to each: a lease, renewed by its beats. */
export function createPeers({ clock, ask, onChange, onGone }: PeersOptions) {
  const peers = new Map<string, Peer>()
  /** Who is where, so that one person is found without looking at every node. */
  const places = new Map<string, Map<string, Attendance>>()

  const peerOf = (nodeId: string): Peer => {
    let peer = peers.get(nodeId)
    if (!peer) {
      const people = new Map<string, Attendance>()
      peer = { heardAtMs: 0, version: 0, people, askedAtMs: Number.NEGATIVE_INFINITY }
      peers.set(nodeId, peer)
    }
    peer.heardAtMs = clock()
    return peer
  }

  const put = (nodeId: string, peer: Peer, who: Attendance): void => {
    const theirs = places.get(who.userId) ?? new Map<string, Attendance>()
    if (who.status === null) {
      peer.people.delete(who.userId)
      theirs.delete(nodeId)
    } else {
      peer.people.set(who.userId, who)
      theirs.set(nodeId, who)
    }
    if (theirs.size > 0) places.set(who.userId, theirs)
    else places.delete(who.userId)
    onChange(who.userId)
  }

  const empty = (nodeId: string, peer: Peer): void => {
    for (const userId of peer.people.keys()) {
      put(nodeId, peer, { userId, status: null, sockets: 0 })
    }
  }

  const drop = (nodeId: string): void => {
    const peer = peers.get(nodeId)
    if (!peer) return
    peers.delete(nodeId)
    empty(nodeId, peer)
    onGone(nodeId)
  }

  return {
    beat(nodeId: string, version: number): void {
      const peer = peerOf(nodeId)
      if (peer.version === version) return
      if (clock() - peer.askedAtMs < askEachMs) return
      peer.askedAtMs = clock()
      ask(nodeId)
    },

    presence({ from, version, all, people }: Extract<BusEvent, { type: 'presence' }>): void {
      const peer = peerOf(from)
      if (all) empty(from, peer)
      // Something of it was lost: the next beat shows it, and all is asked for.
      else if (version !== peer.version + 1) return
      peer.version = version
      for (const who of people) put(from, peer, who)
    },

    bye: drop,

    /** Ends the leases that ran out. Not while the bus is away: then nobody can renew one. */
    sweep(upSinceMs: number): void {
      for (const [nodeId, peer] of peers) {
        if (clock() - Math.max(peer.heardAtMs, upSinceMs) >= leaseMs) drop(nodeId)
      }
    },

    statusOf(userId: string): 'online' | 'away' | null {
      const theirs = places.get(userId)
      if (!theirs) return null
      for (const { status } of theirs.values()) if (status === 'online') return 'online'
      return 'away'
    },

    socketsOf(userId: string): number {
      let sockets = 0
      for (const who of places.get(userId)?.values() ?? []) sockets += who.sockets
      return sockets
    },
  }
}

export type Peers = ReturnType<typeof createPeers>
