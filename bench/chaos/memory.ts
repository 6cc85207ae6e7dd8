import { residentBytes } from '../../src/scripts/processes.ts'

const lookEachMs = 200

export interface MemoryWatch {
  /** The most that one process held. */
  peakBytes: () => number
  /** From now on: the answer tells by how much one process grew at the most. */
  mark: () => () => number
  end: () => void
}

/** Looks at the memory of processes; `pids` is asked each time, for they come and go. */
export function watchMemory(pids: () => number[]): MemoryWatch {
  let peak = 0
  /** Since the mark, by process. */
  let marked = new Map<number, { first: number; most: number }>()

  const look = (): void => {
    for (const pid of pids()) {
      const bytes = residentBytes(pid)
      // One that just ended, or is not started yet.
      if (bytes === 0) continue
      peak = Math.max(peak, bytes)
      const { first, most } = marked.get(pid) ?? { first: bytes, most: bytes }
      marked.set(pid, { first, most: Math.max(most, bytes) })
    }
  }
  const timer = setInterval(look, lookEachMs)
  return {
    peakBytes() {
      look()
      return peak
    },
    mark() {
      marked = new Map()
      look()
      return () => {
        look()
        return Math.max(0, ...[...marked.values()].map(({ first, most }) => most - first))
      }
    },
    end: () => clearInterval(timer),
  }
}
