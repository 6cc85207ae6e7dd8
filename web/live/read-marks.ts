import { onCleanup } from 'solid-js'

const waitMs = 250

export interface ReadMarks {
  mark: (roomId: string, seq: number) => void
  /** What waits to be told of this room is not told. */
  forget: (roomId: string) => void
  /** The line is back: say again what it may have lost. */
  resume: () => void
}

/** How far I have read, told in few frames; what could not be told waits for the line. */
export function makeReadMarks(tell: (roomId: string, seq: number) => boolean): ReadMarks {
  const waiting = new Map<string, number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  const flush = (): void => {
    timer = undefined
    for (const [roomId, seq] of waiting) if (tell(roomId, seq)) waiting.delete(roomId)
  }
  return {
    mark(roomId, seq) {
      if ((waiting.get(roomId) ?? 0) < seq) waiting.set(roomId, seq)
      timer ??= setTimeout(flush, waitMs)
    },
    forget: (roomId) => void waiting.delete(roomId),
    resume: flush,
  }
}
