import type { Chat } from '../protocol/chats.ts'
import { leaveRoom } from './committed.ts'
import type { HubEvent, HubPorts, RoomReads } from './ports.ts'
import type { Presence } from './presence.ts'

interface FarChangesOptions {
  rooms: Pick<RoomReads, 'mine' | 'room'>
  presence: Pick<Presence, 'connectionsOf'>
  publish: HubPorts['publish']
  report: (event: HubEvent) => void
}

/**
 * What follows on this node from a room change that another node committed. All of it is read off the
 * system chats of the room's log, so it is the same whether the bus brought them or a read did.
 */
export function createFarChanges({ rooms, presence, publish, report }: FarChangesOptions) {
  const changedRooms = new Set<string>()

  const putOut = (userId: string, roomId: string, reason: 'left' | 'removed'): void => {
    for (const connection of presence.connectionsOf(userId)) leaveRoom(connection, roomId, reason)
  }

  const welcome = async (userId: string, roomId: string): Promise<void> => {
    if (presence.connectionsOf(userId).length === 0) return
    try {
      const room = await rooms.mine(userId, roomId)
      if (!room) return
      const text = JSON.stringify({ type: 'room_added', room })
      for (const connection of presence.connectionsOf(userId)) connection.send(text)
    } catch (error) {
      report({ type: 'read_failed', error })
    }
  }

  const tellRooms = async (): Promise<void> => {
    for (const roomId of changedRooms) {
      changedRooms.delete(roomId)
      try {
        const room = await rooms.room(roomId)
        if (room) publish(roomId, JSON.stringify({ type: 'room_updated', room }))
      } catch (error) {
        report({ type: 'read_failed', error })
      }
    }
  }

  return {
    welcome: (userId: string, roomId: string): void => void welcome(userId, roomId),

    /** Before the chat goes out: whoever is out of the room hears nothing more of it (security 24). */
    act({ roomId, sender, event }: Chat): void {
      if (!event) return
      if (event.type === 'left') putOut(sender.id, roomId, 'left')
      if (event.type === 'removed') putOut(event.user.id, roomId, 'removed')
      if (event.type === 'joined') void welcome(sender.id, roomId)
      if (event.type === 'added') void welcome(event.user.id, roomId)
      changedRooms.add(roomId)
      // One read for all changes that come together.
      if (changedRooms.size === 1) void tellRooms()
    },
  }
}

export type FarChanges = ReturnType<typeof createFarChanges>
