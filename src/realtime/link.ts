import type { Bus, BusEvent, News } from './bus.ts'
import type { Clock, HubEvent } from './ports.ts'

interface LinkOptions {
  /** Null: this node has no way to tell others anything. */
  bus: Bus | null
  nodeId: string
  clock: Clock
  report: (event: HubEvent) => void
}

/** A bus that did not bring back what was told this long ago is taken for dead. */
const lateMs = 750
/** How much of what must not be lost is kept while the bus is away. */
const keptMax = 1_000

/**
 * This node's end of the bus. Up while its own beats come back, which shows all at once: that it
 * can tell, that it hears, and that the bus is not slow.
 */
export function createLink({ bus, nodeId, clock, report }: LinkOptions) {
  const kept: News[] = []
  let heardBeatOfMs = Number.NEGATIVE_INFINITY
  let wasUp = false

  const isUp = (): boolean => clock() - heardBeatOfMs < lateMs

  const publish = async (news: News): Promise<boolean> => {
    try {
      await bus?.tell({ ...news, from: nodeId })
      return true
    } catch {
      // A bus that is away is no news each quarter of a second: `isUp` tells.
      return false
    }
  }

  const keep = (news: News): void => {
    kept.push(news)
    if (kept.length > keptMax) kept.shift()
  }

  const tellSurely = async (news: News): Promise<void> => {
    if (!bus) return
    if (!isUp() || !(await publish(news))) keep(news)
  }

  return {
    nodeId,
    isUp,
    /** A bus was asked for and does not work. */
    isDegraded: () => bus !== null && !isUp(),

    /** Tells what can be learnt from the database as well, or is of no use later. */
    tell(news: News): void {
      if (isUp()) void publish(news)
    },

    /** Tells now, or when the bus is back. */
    tellSurely: (news: News): void => void tellSurely(news),

    beat(presence: number): void {
      if (bus) void publish({ type: 'beat', atMs: clock(), presence })
    },

    heardOwn(event: BusEvent): void {
      if (event.type === 'beat') heardBeatOfMs = Math.max(heardBeatOfMs, event.atMs)
    },

    /** Whether the bus came back since the last look; what was kept for it goes out. */
    cameUp(): boolean {
      const before = wasUp
      wasUp = isUp()
      if (bus && before !== wasUp) report({ type: wasUp ? 'bus_up' : 'bus_down' })
      if (before || !wasUp) return false
      for (const news of kept.splice(0)) void tellSurely(news)
      return true
    },
  }
}

export type Link = ReturnType<typeof createLink>
