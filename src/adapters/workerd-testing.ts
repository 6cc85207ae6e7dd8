import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../db/embedded-access.ts'
import { root } from '../scripts/commands.ts'
import { childrenOf, signalAll } from '../scripts/processes.ts'
import { startWorkerd, type RunningWorkerd } from '../scripts/workerd.ts'

/** Parley in workerd, in processes of its own, on a database that is there and migrated. */
export interface Workerd {
  url: string
  port: number
  /** Where the object's storage and the files are, over all its starts. */
  dataDir: string
  /** Of workerd itself, of the newest start; not of what runs it. */
  pid: () => number
  /** Starts it, or starts it again with the same state; resolves when it is ready for work. */
  start: () => Promise<void>
  signal: (signal: NodeJS.Signals) => void
  /** As `kill -9` does: workerd and what runs it, and neither can say goodbye. */
  kill: () => Promise<void>
  /** As a deployment does: the runtime is replaced in good order, and drops every socket. */
  terminate: () => Promise<void>
  /** What it wrote, over all its starts. */
  said: () => string
  /** Ends it and removes its state. */
  stop: () => Promise<void>
}

const readyWithinMs = 60_000

/** Whether workerd can run here: it has a build for this platform. */
export function hasWorkerd(): boolean {
  const [platform, arch] = [process.platform, process.arch].map((name) => names[name] ?? name)
  return existsSync(join(root, `node_modules/@cloudflare/workerd-${platform}-${arch}`))
}

/** What workerd calls them. */
const names: Record<string, string> = { win32: 'windows', x64: '64' }

export async function createWorkerd(settings: Record<string, string>): Promise<Workerd> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-edge-'))
  const state = join(dataDir, 'state')
  // A port of its own for ever, so that it can come back to it.
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const lines: string[] = []
  let running: RunningWorkerd | null = null
  let pid = 0
  const terminate = async (): Promise<void> => running?.end('SIGTERM')

  return {
    url,
    port,
    dataDir,
    pid: () => pid,
    said: () => lines.join('\n'),
    async start() {
      running = await startWorkerd({ port, state, settings }, (line) => lines.push(line))
      pid = childrenOf(running.pid)[0] ?? 0
      for (const untilMs = performance.now() + readyWithinMs; !(await isReady(url));) {
        if (performance.now() > untilMs) throw new Error('workerd did not get ready')
        await Bun.sleep(10)
      }
    },
    signal: (signal) => signalAll([pid], signal),
    kill: async () => running?.end('SIGKILL'),
    terminate,
    async stop() {
      await terminate()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}
