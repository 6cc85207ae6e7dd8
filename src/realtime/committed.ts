import type { Acks } from './acks.ts'
import type { Connection } from './connection.ts'
import type { LiveRooms } from './live-rooms.ts'
import type { HubPorts, WriteResult } from './ports.ts'
import type { Presence } from './presence.ts'
import type { ReadQueue } from './read-queue.ts'
import type { QueuedWrite } from './write-queue.ts'

interface CommittedOptions {
  live: LiveRooms
  presence: Presence
  reads: ReadQueue
  acks: Acks
  publish: HubPorts['publish']
}

/** Takes a connection out of a room and tells it why. */
export function leaveRoom(
  connection: Connection,
  roomId: string,
  reason: 'asked' | 'left' | 'removed',
): void {
  connection.joining.delete(roomId)
  for (const room of connection.rooms) {
    if (room.id !== roomId) continue
    connection.rooms.delete(room)
    room.connections.delete(connection)
    connection.socket.unsubscribe(roomId)
  }
  connection.reply({ type: 'left', roomId, reason })
}

/** What happens in the tick in which a commit returned: fan-out and acks, in the order of the log (FO1). */
export function createSettle({ live, presence, reads, acks, publish }: CommittedOptions) {
  const settleOne = ({ op }: QueuedWrite, result: Extract<WriteResult, { ok: true }>): void => {
    const { gone, room, joined } = result
    if (gone) {
      // Before the fan-out: whoever is out of the room hears nothing more of it (security 24).
      for (const connection of presence.connectionsOf(gone.userId)) {
        leaveRoom(connection, op.roomId, gone.reason)
      }
    }
    for (const chat of result.chats) live.deliver(chat)
    if (room) publish(room.id, JSON.stringify({ type: 'room_updated', room }))
    if (joined) {
      const text = JSON.stringify({ type: 'room_added', room: joined.room })
      for (const connection of presence.connectionsOf(joined.userId)) connection.send(text)
    }
    const chat = result.chats[0]
    // Whoever posts has read up to there.
    if (op.kind === 'post' && chat) reads.put(op.sender.id, op.roomId, chat.seq)
  }

  return (writes: { write: QueuedWrite; result: WriteResult }[]): void => {
    // The whole batch goes out before the first ack: a write to one socket would make the runtime
    // flush what it gathers for it, and each reader shall get a batch in one piece.
    for (const { write, result } of writes) if (result.ok) settleOne(write, result)
    for (const { write, result } of writes) write.done(result)
    acks.flush()
    reads.flushSoon()
  }
}
