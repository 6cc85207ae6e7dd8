import { batch } from 'solid-js'
import { markAllRead } from './all-read.ts'
import type { MyRooms } from './my-rooms.ts'
import { makeReadMarks } from './read-marks.ts'
import { markUnread } from './rest.ts'
import type { Live } from './types.ts'

interface ReadingOptions {
  rooms: MyRooms
  /** The newest seq of a room that is held. */
  lastSeq: (roomId: string) => number
  /** Tells the server; false when the line is down. */
  tell: (roomId: string, seq: number) => boolean
}

/** How far I have read: here at once, to the server in few frames. */
export function createReading({ rooms, lastSeq, tell }: ReadingOptions) {
  const marks = makeReadMarks(tell)
  return {
    /** The line is back. */
    resume: marks.resume,
    markRead: (roomId, seq) => {
      const room = rooms.get(roomId)
      const upTo = seq ?? lastSeq(roomId)
      if (!room || upTo <= room.readSeq) return
      rooms.read(roomId, upTo)
      marks.mark(roomId, upTo)
    },
    markAllRead: () =>
      batch(() =>
        markAllRead({
          rooms: rooms.all,
          change: rooms.change,
          tell: (all) => {
            for (const { roomId, seq } of all) marks.mark(roomId, seq)
            marks.resume()
          },
        }),
      ),
    markUnread: async (roomId, seq) => {
      marks.forget(roomId)
      await markUnread(roomId, seq)
      rooms.read(roomId, Math.max(0, seq - 1), true)
    },
  } satisfies Pick<Live, 'markRead' | 'markAllRead' | 'markUnread'> & { resume: () => void }
}
