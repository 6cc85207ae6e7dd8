import { limits } from '../protocol/limits.ts'
import type { Connection } from './connection.ts'
import type { LiveRoom, LiveRooms } from './live-rooms.ts'
import type { RoomReads } from './ports.ts'

export interface JoinRequest {
  roomId: string
  /** The last rev the client has; without it only the subscription is asked for. */
  after?: number | undefined
}

interface JoinOptions {
  live: LiveRooms
  reads: Pick<RoomReads, 'places'>
  connection: Connection
  userId: string
  requests: JoinRequest[]
  /** False when the client's revs are of another life of the database. */
  sameEpoch: boolean
}

/**
 * Subscribes a connection to rooms and brings it up to date (rules RS1 to RS6). Answers the ids of
 * rooms that its user is not in.
 *
 * Reply and subscription happen in one tick, and the reply holds just what went out on this node:
 * what is committed but not yet out comes after it as live frames, so nothing is missed or doubled.
 */
export async function joinRooms(options: JoinOptions): Promise<string[]> {
  const { live, reads, connection, userId, requests, sameEpoch } = options
  const ticket = Symbol('join')
  const rooms = new Map(requests.map(({ roomId }) => [roomId, live.open(roomId)]))
  for (const room of rooms.values()) {
    room.joiners += 1
    connection.startJoin(room.id, ticket)
  }
  try {
    const found = await reads.places(userId, [...rooms.keys()])
    const places = new Map(found.map((place) => [place.roomId, place]))
    let budget: number = limits.resumeBytes
    for (const { roomId, after } of requests) {
      const room = rooms.get(roomId)
      const place = places.get(roomId)
      if (!room || !place) continue
      live.load(room, place.head, place.lastSeq)
      // A rev from the future, or of another epoch, is of a database that is no more.
      const isOurs = sameEpoch && (after ?? 0) <= Math.max(place.head, room.tail.head)
      if (isOurs && after !== undefined) await live.remember(room, after)
      // Meanwhile the connection may have closed, left, or lost its place in the room.
      if (!connection.isOpen) return []
      if (!connection.isJoining(roomId, ticket)) continue
      const joined = joinedFrame(room, after, isOurs, budget)
      budget -= joined.spent
      connection.send(joined.text)
      connection.enter(room)
    }
    return [...rooms.keys()].filter((roomId) => !places.has(roomId))
  } finally {
    for (const room of rooms.values()) {
      room.joiners -= 1
      connection.endJoin(room.id, ticket)
    }
  }
}

/** `joined` as text, and how many characters of the budget its changes took. */
const joinedFrame = (
  room: LiveRoom,
  after: number | undefined,
  isOurs: boolean,
  budget: number,
): { text: string; spent: number } => {
  const { head, lastSeq } = room.tail
  const start = `{"type":"joined","roomId":"${room.id}","head":${head},"lastSeq":${lastSeq}`
  if (after === undefined) return { text: `${start}}`, spent: 0 }
  const changes = isOurs ? room.tail.since(after)?.join(',') : undefined
  if (changes === undefined || changes.length > budget) {
    return { text: `${start},"tooFar":true}`, spent: 0 }
  }
  return { text: `${start},"changes":[${changes}]}`, spent: changes.length }
}
