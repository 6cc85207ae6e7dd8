import { type ClientSocket, openSocket } from './client-socket.ts'
import { dialects, type Kind } from './dialects.ts'
import type { LoadRoom, Target } from './jobs.ts'

/** A member who has joined the room. */
export interface Present {
  socket: ClientSocket
  /** Of its room in the job. */
  room: number
  /** Of it in the room. */
  member: number
}

export interface Crowd {
  /** By room, by member. */
  rooms: Present[][]
  /** Ends this process with a reason as soon as a connection is lost. */
  cut: () => void
}

export type Hear = (
  present: Present,
  kind: Kind,
  bytes: Uint8Array,
  start: number,
  end: number,
) => void

const parallel = 100

/**
 * Connects every member of every room and lets them join. Resolves when they have.
 * @throws Error when one is refused; one that is lost later ends the process
 */
export async function gather(target: Target, rooms: LoadRoom[], hear: Hear): Promise<Crowd> {
  const dialect = dialects[target.dialect]
  const joinOne = async (room: number, roomId: string, member: number, token: string) => {
    let present: Present | null = null
    const joined = Promise.withResolvers<void>()
    const socket = await openSocket(target, token, {
      frame: (kind, bytes, start, end) => {
        if (kind === 'joined') joined.resolve()
        else if (present) hear(present, kind, bytes, start, end)
      },
      lost: (reason) => {
        throw new Error(`A connection was lost: ${reason}`)
      },
    })
    present = { socket, room, member }
    socket.say(dialect.join(roomId))
    await joined.promise
    return present
  }

  const found: Present[][] = rooms.map(() => [])
  const waiting = rooms.flatMap(({ roomId, tokens }, room) =>
    tokens.map((token, member) => ({ room, roomId, member, token })),
  )
  await atOnce(parallel, waiting, async ({ room, roomId, member, token }) => {
    const list = found[room]
    if (list) list[member] = await joinOne(room, roomId, member, token)
  })
  return {
    rooms: found,
    cut: () => {
      for (const list of found) for (const { socket } of list) socket.cut()
    },
  }
}

/** Works through `items` in order, so many at once. */
export async function atOnce<Item>(
  count: number,
  items: Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0
  const run = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at]
      if (item !== undefined) await work(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, run))
}
