import { fileURLToPath } from 'node:url'
import type { z } from 'zod'

/** A program of this folder in a process of its own, that answers each line with a line. */
export interface FarProcess {
  pid: () => number
  ask: (what: unknown) => Promise<string>
  close: () => Promise<void>
}

export function startFarProcess(file: string): FarProcess {
  const child = Bun.spawn([process.execPath, fileURLToPath(new URL(file, import.meta.url))], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    pid: () => child.pid,
    async ask(what) {
      await child.stdin.write(`${JSON.stringify(what)}\n`)
      await child.stdin.flush()
      while (!text.includes('\n')) {
        const { value, done } = await reader.read()
        if (done) throw new Error(`${file} ended with ${await child.exited}`)
        text += value
      }
      const end = text.indexOf('\n')
      const line = text.slice(0, end)
      text = text.slice(end + 1)
      return line
    },
    async close() {
      // One that stands still would not hear anything else.
      child.kill('SIGCONT')
      child.kill('SIGKILL')
      await child.exited
    },
  }
}

/** The other end of `ask`: what comes next, as `schema` has it. */
export function createOrders(): <S extends z.ZodType>(schema: S) => Promise<z.output<S>> {
  const lines = console[Symbol.asyncIterator]()
  return async (schema) => {
    const { value, done } = await lines.next()
    // Whoever asked is gone.
    if (done) process.exit(0)
    return schema.parse(JSON.parse(value))
  }
}
