import type { Chat } from '../protocol/chats.ts'
import type { Acks } from './acks.ts'
import type { Connection } from './connection.ts'
import type { LiveRooms } from './live-rooms.ts'
import type { HubPorts, WriteResult } from './ports.ts'
import type { Presence } from './presence.ts'
import type { Previews } from './previews.ts'
import type { ReadQueue } from './read-queue.ts'
import type { QueuedWrite } from './write-queue.ts'

interface CommittedOptions {
  live: LiveRooms
  presence: Presence
  reads: ReadQueue
  acks: Acks
  previews: Pick<Previews, 'settled'>
  publish: HubPorts['publish']
  /** Other nodes are to hear of what was stored. */
  onCommitted: (chats: Chat[]) => void
}

/** Takes a connection out of a room and tells it why. */
export function leaveRoom(
  connection: Connection,
  roomId: string,
  reason: 'asked' | 'left' | 'removed',
): void {
  connection.exit(roomId)
  connection.reply({ type: 'left', roomId, reason })
}

/** What happens in the tick in which a commit returned: fan-out and acks, in the order of the log (FO1). */
export function createSettle(options: CommittedOptions) {
  const { live, presence, reads, acks, previews, publish, onCommitted } = options

  const settleOne = ({ op }: QueuedWrite, result: Extract<WriteResult, { ok: true }>): void => {
    const { gone, room, joined } = result
    if (gone) {
      live.forgetReader(op.roomId, gone.userId, result.chats.at(-1)?.rev ?? 0)
      // Before the fan-out: whoever is out of the room hears nothing more of it (security 24).
      for (const connection of presence.connectionsOf(gone.userId)) {
        leaveRoom(connection, op.roomId, gone.reason)
      }
    }
    for (const chat of result.chats) live.deliver(chat, true)
    // Nothing to tell may mean that a first try, whose answer was lost, has done it.
    if (op.kind === 'room' && result.chats.length === 0) void live.refresh(op.roomId)
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
    for (const { write, result } of writes) {
      if (write.op.kind === 'post') previews.settled(write.op, result)
      write.done(result)
    }
    acks.flush()
    // Also what was there before: then the answer of the first try may have been lost.
    onCommitted(writes.flatMap(({ result }) => (result.ok ? result.chats : [])))
    reads.flushSoon()
  }
}
