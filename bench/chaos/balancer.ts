import type { ServerProcess } from '../server-process.ts'
import { type Proxy, createProxy } from './proxy.ts'

const lookEachMs = 100

/** What stands before several nodes: the next connection goes to the next of those that are ready. */
export async function createBalancer(
  nodes: readonly ServerProcess[],
  random: () => number,
): Promise<Pick<Proxy, 'port' | 'close'>> {
  let ready: readonly ServerProcess[] = nodes
  let turn = 0
  const run = { isOver: false }

  const look = async (): Promise<void> => {
    while (!run.isOver) {
      const answers = await Promise.all(nodes.map(isReady))
      ready = nodes.filter((_, at) => answers[at])
      await Bun.sleep(lookEachMs)
    }
  }
  const looking = look()
  const proxy = await createProxy({
    // When none is ready one is as good as the other.
    target: () => {
      const from = ready.length > 0 ? ready : nodes
      return from[(turn += 1) % from.length]?.port ?? 0
    },
    random,
  })
  return {
    port: proxy.port,
    async close() {
      run.isOver = true
      await looking
      await proxy.close()
    },
  }
}

const isReady = async ({ url }: ServerProcess): Promise<boolean> => {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}
