import { t } from '../i18n/t.ts'
import type { GoneRoom } from '../live/index.ts'
import { roomTitle } from './room-state.ts'

/** What became of me in a room that I was in until now. */
export const goneText = ({ room, isRemoved }: GoneRoom): string =>
  t(isRemoved ? 'rooms.removed' : 'rooms.gone', { room: roomTitle(room) })
