import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase } from '../db/testing.ts'
import { startWorkerd } from '../scripts/workerd.ts'
import { noLimits, type WireServer } from './testing.ts'

export interface EdgeServer extends WireServer {
  databaseUrl: string
  /** Waits until it has written `line` to its log so many times. */
  logged: (line: string, times?: number) => Promise<void>
  /** No goodbye: SIGKILL, as a crash would have it. */
  kill: () => Promise<void>
  /** An orderly end of the runtime, as a deploy has it; its state is kept. */
  end: () => Promise<void>
  /** On the same port and state as before. */
  start: () => Promise<void>
}

/** Parley in workerd, on a database of its own. */
export async function startOnWorkerd(settings: Record<string, string> = {}): Promise<EdgeServer> {
  const database = await testDatabase({ overTcp: true })
  await database.close()
  const state = mkdtempSync(join(tmpdir(), 'parley-edge-'))
  const log = openLines()
  const start = (port: number) =>
    startWorkerd(
      {
        port,
        state,
        settings: {
          DATABASE_URL: database.url,
          JWT_SECRET: 'a secret of 32 bytes for the tests',
          ...noLimits,
          ...settings,
        },
      },
      log.add,
    )
  let running = await start(0)
  const { url } = running
  return {
    url,
    databaseUrl: database.url,
    log: log.text,
    logged: log.until,
    kill: () => running.end('SIGKILL'),
    end: () => running.end('SIGTERM'),
    start: async () => {
      running = await start(Number(new URL(url).port))
    },
    stop: async () => {
      await running.end('SIGTERM')
      rmSync(state, { recursive: true, force: true })
    },
  }
}

interface Lines {
  add: (line: string) => void
  text: () => string
  until: (line: string, times?: number) => Promise<void>
}

function openLines(): Lines {
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const count = (wanted: string) => lines.filter((line) => line.includes(wanted)).length
  return {
    add(line) {
      lines.push(line)
      for (const look of waiting) look()
    },
    text: () => lines.join('\n'),
    until: (line, times = 1) =>
      new Promise((resolve) => {
        const look = () => {
          if (count(line) < times) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
