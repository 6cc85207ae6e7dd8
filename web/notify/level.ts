import type { MyRoom, NotifyLevel } from '../../src/protocol/rooms.ts'
import type { UserSettings } from '../../src/protocol/settings.ts'

/** How a room that says nothing else is told: what I set for all, and of direct rooms everything, unless I want nothing at all. */
export function defaultLevel(
  room: Pick<MyRoom, 'kind'>,
  settings: Pick<UserSettings, 'notify'>,
): NotifyLevel {
  const general = settings.notify ?? 'mentions'
  return room.kind === 'direct' && general !== 'none' ? 'all' : general
}

export const levelOf = (
  room: Pick<MyRoom, 'kind' | 'preferences'>,
  settings: Pick<UserSettings, 'notify'>,
): NotifyLevel =>
  room.preferences.muted ? 'none' : (room.preferences.notify ?? defaultLevel(room, settings))
