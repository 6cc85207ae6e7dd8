import { createSignal, type Accessor } from 'solid-js'
import type { Uploads } from '../files/uploads.ts'

export interface Sending {
  /** Files are still on their way; what was written must stay as it is until then. */
  isWaiting: Accessor<boolean>
  /** Waits for the files, then says whether they are all there, and posts if so. */
  send: (post: () => void, failed: () => void) => void
}

/** By place: whoever leaves and comes back finds the composer still at it. */
const underWay = new Map<string, Promise<void>>()

/**
 * Sends what is written in a place once its files are there, also when the reader has gone elsewhere
 * meanwhile; `ended` tells a composer that was made since.
 */
export function createSending(place: string, uploads: Uploads, ended: () => void): Sending {
  const [isWaiting, setWaiting] = createSignal(false)
  const waitFor = async (held: Promise<void>): Promise<void> => {
    setWaiting(true)
    await held
    setWaiting(false)
    ended()
  }
  const held = underWay.get(place)
  if (held) void waitFor(held)
  const run = async (post: () => void, failed: () => void): Promise<void> => {
    if (uploads.isBusy()) {
      setWaiting(true)
      await uploads.settled()
      setWaiting(false)
    }
    underWay.delete(place)
    if (uploads.hasFailed()) failed()
    else post()
  }
  return {
    isWaiting,
    send: (post, failed) => {
      const isLong = uploads.isBusy()
      const done = run(post, failed)
      if (isLong) underWay.set(place, done)
    },
  }
}
