import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { settingNames } from '../config.ts'
import { root } from './commands.ts'
import type { RunWorkerdOptions } from './run-workerd.ts'

/** Of the Worker as it is uploaded, compressed: what a plan that costs nothing takes is 3 MB. */
const workerKbMax = 1_024

export interface BuiltWorker {
  /** The one file of it. */
  path: string
  kb: number
  gzippedKb: number
}

/** The settings of Parley among these, as the Worker gets them. */
export const settingsGiven = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    settingNames.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  )

let built: Promise<BuiltWorker> | null = null

/** The Worker as `wrangler deploy` would upload it; built once a process. */
export const buildWorker = (): Promise<BuiltWorker> => (built ??= build())

async function build(): Promise<BuiltWorker> {
  const out = mkdtempSync(join(tmpdir(), 'parley-worker-'))
  const child = Bun.spawn(wrangler('deploy', '--dry-run', '--outdir', out), {
    cwd: root,
    env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false' },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [said, complained, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  if (code !== 0) throw new Error(`The Worker does not build: ${said}${complained}`)
  const path = join(out, 'worker.js')
  const gzippedKb = gzipSync(await Bun.file(path).bytes()).byteLength / 1_024
  if (gzippedKb > workerKbMax) {
    throw new Error(`The Worker is ${gzippedKb.toFixed(0)} KB compressed: too large to start with`)
  }
  return { path, kb: statSync(path).size / 1_024, gzippedKb }
}

/** Wrangler, run by this Bun: no Node is needed. */
export const wrangler = (...args: string[]): string[] => [
  process.execPath,
  join(root, 'node_modules/wrangler/bin/wrangler.js'),
  ...args,
]

export interface RunningWorkerd {
  url: string
  /** Of Miniflare, whose child workerd is. */
  pid: number
  /** Ends it and waits for that; `SIGTERM` as a deploy does, `SIGKILL` as a crash. */
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>
  /** Resolves when it has ended. */
  exited: Promise<number>
}

/** Parley in workerd, in processes of its own. Its database is migrated; `state` holds what outlives it. */
export async function startWorkerd(
  options: Omit<RunWorkerdOptions, 'worker' | 'assets'>,
  hear: (line: string) => void,
): Promise<RunningWorkerd> {
  const { path } = await buildWorker()
  const given: RunWorkerdOptions = { ...options, worker: path, assets: join(root, 'dist/web') }
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'run-workerd.ts')], {
    cwd: root,
    // It ends when this closes: it does not outlive whoever started it.
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'inherit',
    // A group of its own, so that workerd, which is its child, ends with it.
    detached: true,
  })
  void child.stdin.write(`${JSON.stringify(given)}\n`)
  void child.stdin.flush()
  const kill = (signal: 'SIGTERM' | 'SIGKILL') => process.kill(-child.pid, signal)
  const killWithUs = (): void => void kill('SIGKILL')
  process.on('exit', killWithUs)
  const ready = Promise.withResolvers<string>()
  void (async () => {
    for await (const line of linesOf(child.stdout)) {
      const url = /^ready (\S+)/.exec(line)?.[1]
      if (url === undefined) hear(line)
      else ready.resolve(url)
    }
    ready.reject(new Error('workerd ended before it was ready'))
  })()
  return {
    url: await ready.promise,
    pid: child.pid,
    end: async (signal) => {
      // In order: it ends workerd itself. In a crash nobody of them may say goodbye.
      if (signal === 'SIGTERM') child.kill(signal)
      else kill(signal)
      await child.exited
      process.off('exit', killWithUs)
    },
    exited: child.exited,
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let text = ''
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (text + part).split('\n')
    text = lines.pop() ?? ''
    yield* lines
  }
}
