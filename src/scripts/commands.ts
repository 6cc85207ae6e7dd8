import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A program of `node_modules`, run by the Bun that runs this script: no Node is needed. */
export const tool = (name: string, ...args: string[]): string[] => [
  process.execPath,
  'x',
  '--bun',
  '--no-install',
  name,
  ...args,
]

/** Stops when Ctrl+C or a signal stops this process: no program outlives its script. */
export function endWith(child: { kill: (signal: NodeJS.Signals) => void }): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
}
