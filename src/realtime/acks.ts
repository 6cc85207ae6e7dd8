import type { ServerFrame } from '../protocol/frames.ts'
import type { Connection } from './connection.ts'

/** Acks of one commit, gathered so that each connection gets its own in one write. */
export function createAcks() {
  const waiting: Connection[] = []
  return {
    put(connection: Connection, frame: Extract<ServerFrame, { type: 'ack' | 'error' }>): void {
      if (connection.keep(frame)) waiting.push(connection)
    },
    flush(): void {
      for (const connection of waiting.splice(0)) connection.sendKept()
    },
  }
}

export type Acks = ReturnType<typeof createAcks>
