import type { ClientLog } from '../checker.ts'
import type { Witness, Witnesses } from './crowd.ts'
import type { CrowdOrder, CrowdStart } from './crowd-process.ts'
import { startFarProcess } from './far-process.ts'

/** Clients in a process of their own, that can be stopped and go on like one laptop. */
export interface FarCrowd extends Witnesses {
  pid: () => number
  close: () => Promise<void>
}

/** The clocks of two processes differ by less: within it nothing is said of before and after. */
const skewMs = 10

export async function openFarCrowd(start: CrowdStart): Promise<FarCrowd> {
  const { pid, ask, close } = startFarProcess('crowd-process.ts')
  const order = (what: CrowdOrder): Promise<string> => ask(what)
  await ask(start)
  return {
    pid,
    close,
    hush: async (withinMs) => (await order({ order: 'hush', withinMs })) === 'true',
    async converge(newest, withinMs) {
      const answer = await order({ order: 'converge', newest: [...newest], withinMs })
      // What our own process wrote, but for the maps that JSON does not know.
      const talkers = JSON.parse(answer) as (Omit<Witness, 'log'> & {
        log: Omit<ClientLog, 'views'> & { views: [string, string[]][] }
      })[]
      return talkers.map(({ log, ...rest }) => ({ ...rest, log: skewed(log) }))
    },
  }
}

const skewed = (log: Omit<ClientLog, 'views'> & { views: [string, string[]][] }): ClientLog => ({
  ...log,
  views: new Map(log.views),
  sends: log.sends.map((send) => ({ ...send, tick: send.tick - skewMs })),
  acks: log.acks.map((ack) => ({ ...ack, tick: ack.tick + skewMs })),
})
