import type { MyRoom, RoomPreferences } from '../../src/protocol/rooms.ts'
import { api, asApiError, call } from '../api.ts'
import { errorText } from '../error-text.ts'
import { useLive } from '../live/index.ts'
import { toasts } from '../toasts.ts'

/** Sets how I hear of a room: here at once, taken back and told when the server refuses. */
export function useRoomPreferences(): (
  room: MyRoom,
  change: Partial<RoomPreferences>,
) => Promise<void> {
  const live = useLive()
  const show = (id: string, preferences: RoomPreferences): void => {
    const held = live.room(id)
    if (!held) return
    const next: MyRoom = { ...held, preferences }
    live.updateRoom(next)
  }
  return async (room, change) => {
    // A copy: the room held changes in place.
    const before = { ...room.preferences }
    const json = { ...before, ...change }
    show(room.id, json)
    try {
      await call(api.rooms[':roomId'].preferences.$put({ param: { roomId: room.id }, json }))
    } catch (caught) {
      show(room.id, before)
      toasts.show(errorText(asApiError(caught)), { kind: 'failed' })
    }
  }
}
