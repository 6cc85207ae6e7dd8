import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../db/embedded-access.ts'

/** A real `redis-server` of one test, on a port of its own. */
export interface TestRedis {
  url: string
  port: number
  pid: () => number
  /** As `kill -9` does. */
  kill: () => Promise<void>
  /** Starts it again, empty, on the same port. */
  start: () => Promise<void>
  /** Ends it and removes what it left. */
  stop: () => Promise<void>
}

export async function startRedis(): Promise<TestRedis> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-redis-'))
  const port = await freePort()
  let child: Bun.Subprocess<'ignore', 'pipe', 'inherit'> | null = null

  const start = async (): Promise<void> => {
    const flags = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir]
    const nothingKept = ['--save', '', '--appendonly', 'no']
    child = Bun.spawn(['redis-server', ...flags, ...nothingKept], {
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'inherit',
    })
    let text = ''
    for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
      text += part
      if (text.includes('Ready to accept connections')) return
    }
    throw new Error(`redis-server ended: ${text}`)
  }

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    // A stopped process takes no other signal but these two.
    child?.kill('SIGCONT')
    child?.kill(signal)
    await child?.exited
  }

  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: () => child?.pid ?? 0,
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      await end('SIGTERM')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
