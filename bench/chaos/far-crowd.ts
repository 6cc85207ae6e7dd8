import { fileURLToPath } from 'node:url'
import type { ClientLog } from '../checker.ts'
import type { Witness, Witnesses } from './crowd.ts'
import type { CrowdOrder, CrowdStart } from './crowd-process.ts'

/** Clients in a process of their own, that can be stopped and go on like one laptop. */
export interface FarCrowd extends Witnesses {
  pid: () => number
  close: () => Promise<void>
}

/** The clocks of two processes differ by less: within it nothing is said of before and after. */
const skewMs = 10

export async function openFarCrowd(start: CrowdStart): Promise<FarCrowd> {
  const child = Bun.spawn(
    [process.execPath, fileURLToPath(new URL('crowd-process.ts', import.meta.url))],
    { stdin: 'pipe', stdout: 'pipe', stderr: 'inherit' },
  )
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''

  const ask = async (what: CrowdStart | CrowdOrder): Promise<string> => {
    await child.stdin.write(`${JSON.stringify(what)}\n`)
    await child.stdin.flush()
    while (!text.includes('\n')) {
      const { value, done } = await reader.read()
      if (done) throw new Error(`The far crowd ended with ${await child.exited}`)
      text += value
    }
    const end = text.indexOf('\n')
    const line = text.slice(0, end)
    text = text.slice(end + 1)
    return line
  }

  await ask(start)
  return {
    pid: () => child.pid,
    hush: async (withinMs) => (await ask({ order: 'hush', withinMs })) === 'true',
    async converge(newest, withinMs) {
      const answer = await ask({ order: 'converge', newest: [...newest], withinMs })
      // What our own process wrote, but for the maps that JSON does not know.
      const talkers = JSON.parse(answer) as (Omit<Witness, 'log'> & {
        log: Omit<ClientLog, 'views'> & { views: [string, string[]][] }
      })[]
      return talkers.map(({ log, ...rest }) => ({ ...rest, log: skewed(log) }))
    },
    async close() {
      child.kill('SIGCONT')
      child.kill('SIGKILL')
      await child.exited
    },
  }
}

const skewed = (log: Omit<ClientLog, 'views'> & { views: [string, string[]][] }): ClientLog => ({
  ...log,
  views: new Map(log.views),
  sends: log.sends.map((send) => ({ ...send, tick: send.tick - skewMs })),
  acks: log.acks.map((ack) => ({ ...ack, tick: ack.tick + skewMs })),
})
