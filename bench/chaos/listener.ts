import { backoffMs } from '../../src/client/backoff.ts'
import { until } from './crowd.ts'
import { now } from './now.ts'

/** One who only listens, to one room, and holds as little as possible: there are ten thousand of them. */
export interface Listener {
  /** When it had all again after it was cut last; NaN while it has not. */
  syncedAtMs: () => number
  rev: () => number
  /** Revs that were jumped over, and revs that came again, without a word of why. */
  faults: () => { holes: number; doubled: number }
  /** As if somebody pulled the plug. */
  cut: () => void
  close: () => void
}

interface ListenerOptions {
  url: string
  token: string
  roomId: string
  random: () => number
}

interface Frame {
  type: string
  epoch: string
  head: number
  tooFar?: true
  changes?: { rev: number }[]
  chat: { rev: number }
}

export function openListener({ url, token, roomId, random }: ListenerOptions): Listener {
  let socket: WebSocket
  let attempt = 0
  let rev = 0
  let epoch: string | undefined
  let syncedAtMs = Number.NaN
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | null = null
  const faults = { holes: 0, doubled: 0 }

  const heard = (next: number): void => {
    if (next > rev + 1) faults.holes += 1
    if (next <= rev) faults.doubled += 1
    rev = Math.max(rev, next)
  }

  const receive = (frame: Frame): void => {
    if (frame.type === 'hello') {
      attempt = 0
      const room = { roomId, after: rev }
      socket.send(JSON.stringify({ type: 'sync', ...(epoch && { epoch }), rooms: [room] }))
      epoch = frame.epoch
    } else if (frame.type === 'joined') {
      for (const change of frame.changes ?? []) heard(change.rev)
      // It would load history, which is not what is tried here.
      if (frame.tooFar) rev = frame.head
      if (frame.head !== rev) faults.holes += 1
    } else if (frame.type === 'synced') {
      syncedAtMs = now()
    } else if (frame.type === 'chat') {
      heard(frame.chat.rev)
    }
  }

  const open = (): void => {
    const mine = new WebSocket(`${url.replace('http', 'ws')}/ws`)
    socket = mine
    mine.addEventListener('open', () => mine.send(JSON.stringify({ type: 'auth', token })))
    mine.addEventListener('message', ({ data }: MessageEvent<string>) => {
      // Only Parley writes here, and others hold its frames to the schema.
      if (mine === socket) receive(JSON.parse(data) as Frame)
    })
    mine.addEventListener('close', () => {
      if (mine !== socket || isOver) return
      syncedAtMs = Number.NaN
      timer = setTimeout(open, backoffMs(attempt, random))
      attempt += 1
    })
  }
  open()

  return {
    syncedAtMs: () => syncedAtMs,
    rev: () => rev,
    faults: () => faults,
    cut() {
      syncedAtMs = Number.NaN
      socket.terminate()
    },
    close() {
      isOver = true
      if (timer) clearTimeout(timer)
      socket.close()
    },
  }
}

/** Whether all of them have everything in time. */
export const allSynced = (listeners: readonly Listener[], withinMs: number): Promise<boolean> =>
  until(withinMs, () => listeners.every((each) => !Number.isNaN(each.syncedAtMs())))
