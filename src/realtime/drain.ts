import { closeCodes } from '../protocol/close-codes.ts'
import type { Connection } from './connection.ts'
import type { Clock } from './ports.ts'
import type { WriteQueue } from './write-queue.ts'

interface DrainOptions {
  clock: Clock
  connections: ReadonlySet<Connection>
  queue: Pick<WriteQueue, 'idle'>
}

/** The smallest wave: a small team is closed at once. */
const waveMin = 50

/** An orderly end (DR1): tell everyone, store what waits, then close in waves. */
export function createDrain({ clock, connections, queue }: DrainOptions) {
  let isDraining = false
  let closing: { untilMs: number; done: () => void } | null = null

  const closeWave = (): void => {
    if (!closing) return
    const leftMs = Math.max(0, closing.untilMs - clock())
    const wavesLeft = Math.max(1, leftMs / 250)
    const size = Math.max(waveMin, Math.ceil(connections.size / wavesLeft))
    let count = 0
    for (const connection of connections) {
      if (count >= size) break
      if (!connection.isOpen) continue
      count += 1
      connection.close(closeCodes.drain)
    }
    if (count < size) {
      closing.done()
      closing = null
    }
  }

  return {
    isDraining: () => isDraining,

    async start({ delayMs, spreadMs }: { delayMs: number; spreadMs: number }): Promise<void> {
      isDraining = true
      let at = 0
      for (const connection of connections) {
        // Spread evenly, so that a whole team does not come back in one moment.
        connection.reply({ type: 'drain', delayMs: Math.round((delayMs * at) / connections.size) })
        at += 1
      }
      await queue.idle()
      await new Promise<void>((done) => {
        closing = { untilMs: clock() + spreadMs, done }
        closeWave()
      })
    },

    tick: closeWave,
  }
}
