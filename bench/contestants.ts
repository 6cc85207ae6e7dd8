import { fileURLToPath } from 'node:url'
import { loadSigningKey } from '../src/auth/signing-key.ts'
import { connectionTo } from '../src/db/embedded-access.ts'
import { findCluster, findRunning } from '../src/db/embedded-cluster.ts'
import type { Target } from './load/jobs.ts'

/** Who is measured: Parley, and what it is compared with. */
export const contestantNames = ['parley', 'bare', 'express', 'socketIo'] as const
export type ContestantName = (typeof contestantNames)[number]

export const labels: Record<ContestantName, string> = {
  parley: 'Parley',
  bare: 'bare Bun',
  express: 'express + ws',
  socketIo: 'Socket.IO',
}

export interface Contestant {
  name: ContestantName
  target: Target
  /** Its process, as `server`; Parley's and the rivals' database as `postgres`. */
  watch: Record<string, number>
}

export interface Rival {
  contestant: Contestant
  stop: () => Promise<void>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = { bare: 'bare.ts', express: 'express-ws.ts', socketIo: 'socket-io.ts' } as const

/** Node, which the common stack runs on; null where there is none, and then that is not run. */
export const nodePath = (): string | null => Bun.which('node')

/** Starts a rival in a process of its own, on the database of the Parley of `dataDir`. */
export async function startRival(
  name: keyof typeof sources,
  dataDir: string,
): Promise<Rival | null> {
  const source = fileURLToPath(new URL(`rivals/${sources[name]}`, import.meta.url))
  const cluster = findCluster(dataDir, [])
  const postmaster = await findRunning(cluster)
  if (!postmaster) throw new Error('The rivals need the database of a Parley that runs')
  const connection = connectionTo(dataDir, postmaster)
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    JWT_SECRET: loadSigningKey({ dataDir }),
    BENCH_DATABASE: JSON.stringify({ connection, table: `bench_${name.toLowerCase()}` }),
  }
  const options = { cwd: root, env, stdout: 'pipe', stderr: 'inherit' } as const
  const child =
    name === 'bare'
      ? Bun.spawn([process.execPath, source], { ...options, stdin: 'ignore' })
      : await spawnNode(source, options)
  if (!child) return null
  return {
    contestant: {
      name,
      target: {
        url: await addressIn(child.stdout),
        dialect: name === 'socketIo' ? 'socketIo' : 'frames',
      },
      watch: {
        server: child.pid,
        ...(name !== 'bare' && { postgres: postmaster.pid }),
      },
    },
    stop: async () => {
      child.kill()
      await child.exited
    },
  }
}

/** Node of this age reads no TypeScript, so it gets the program as JavaScript, on stdin. */
const spawnNode = async (
  source: string,
  options: {
    cwd: string
    env: Record<string, string | undefined>
    stdout: 'pipe'
    stderr: 'inherit'
  },
) => {
  const node = nodePath()
  if (!node) return null
  const built = await Bun.build({ entrypoints: [source], target: 'node', packages: 'external' })
  const program = await built.outputs[0]?.text()
  if (program === undefined) throw new Error(`${source} does not build`)
  return Bun.spawn([node, '--input-type=module', '-'], { ...options, stdin: new Blob([program]) })
}

const addressIn = async (output: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> => {
  let text = ''
  for await (const part of output.pipeThrough(new TextDecoderStream())) {
    text += part
    const found = /at (http:\S+)\/\n/.exec(text)?.[1]
    if (found) return found
  }
  throw new Error('A rival did not start')
}
