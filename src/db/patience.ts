import type { ChatLog, DatabaseLooks } from '../realtime/ports.ts'
import { isAway } from './sql-errors.ts'

/** Longer than any statement of a running server takes. */
const patienceMs = 15_000

class Silence extends Error {
  override readonly name = 'Silence'
  readonly code = 'CONNECT_TIMEOUT'
}

interface Renewals {
  /** New connections for commits. */
  renewWriter: () => void
  /** New connections for everything. */
  renewAll: () => void
}

const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Silence(`The database said nothing for ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The log and the looks of a node that gives up connections on which nothing comes any more: where a
 * router or a firewall forgot them, nobody would ever tell. A commit is then of unknown result, and
 * is repeated as any such is.
 */
export function patient(
  { log, looks }: { log: ChatLog; looks: DatabaseLooks },
  { renewWriter, renewAll }: Renewals,
  ms = patienceMs,
): { log: ChatLog; looks: DatabaseLooks } {
  const guard =
    <Args extends unknown[], T>(ask: (...args: Args) => Promise<T>, renew: () => void) =>
    async (...args: Args): Promise<T> => {
      try {
        return await within(ms, ask(...args))
      } catch (error) {
        if (error instanceof Silence) renewAll()
        else if (isAway(error)) renew()
        throw error
      }
    }
  const nothing = (): void => {}
  return {
    log: { ...log, commit: guard(log.commit, renewWriter) },
    looks: {
      epoch: guard(looks.epoch, nothing),
      hasPeers: guard(looks.hasPeers, nothing),
      headsPast: guard(looks.headsPast, nothing),
      endedOf: guard(looks.endedOf, nothing),
      newPlaces: guard(looks.newPlaces, nothing),
    },
  }
}
