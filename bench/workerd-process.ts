import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../src/db/embedded-access.ts'
import { root } from '../src/scripts/commands.ts'
import { childrenOf, signalAll } from '../src/scripts/processes.ts'
import { startWorkerd, type RunningWorkerd } from '../src/scripts/workerd.ts'
import { isReady, type ServerProcess } from './server-process.ts'

const readyWithinMs = 60_000

/** Whether workerd can run here: it has a build for this platform. */
export function hasWorkerd(): boolean {
  const [platform, arch] = [process.platform, process.arch].map((name) => names[name] ?? name)
  return existsSync(join(root, `node_modules/@cloudflare/workerd-${platform}-${arch}`))
}

/** What workerd calls them. */
const names: Record<string, string> = { win32: 'windows', x64: '64' }

/**
 * Parley in workerd, on a database that is there and migrated. `pid` is of workerd itself, `dataDir` where the
 * object's storage and the files are; `kill` takes along what runs it, and `terminate` drops every socket.
 */
export async function createWorkerd(settings: Record<string, string>): Promise<ServerProcess> {
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
