import type { MyRoom } from '../../src/protocol/rooms.ts'
import { withRead, withUnread } from './room-facts.ts'
import type { AllRead } from './types.ts'

export interface AllReadPorts {
  rooms: () => readonly MyRoom[]
  change: (id: string, next: (held: MyRoom) => MyRoom) => void
  tell: (marks: readonly { roomId: string; seq: number }[]) => void
}

/**
 * Marks all rooms read for the eye only. Read positions go forward alone on the server, so it
 * learns of them when it is too late to undo. Null when nothing is unread.
 */
export function markAllRead({ rooms, change, tell }: AllReadPorts): AllRead | null {
  // Copies: the rooms held change in place.
  const before = rooms()
    .filter((room) => room.lastMainSeq > room.readSeq)
    .map((room) => ({ ...room, mentionSeqs: [...room.mentionSeqs] }))
  if (before.length === 0) return null
  let isSettled = false
  const settle = (run: () => void) => () => {
    if (!isSettled) run()
    isSettled = true
  }

  for (const { id, lastSeq } of before) change(id, (held) => withRead(held, lastSeq))
  return {
    count: before.length,
    tell: settle(() => tell(before.map(({ id, lastSeq }) => ({ roomId: id, seq: lastSeq })))),
    undo: settle(() => {
      for (const room of before)
        // Read further since: that was the reader, and stays.
        change(room.id, (held) => (held.readSeq === room.lastSeq ? withUnread(held, room) : held))
    }),
  }
}
