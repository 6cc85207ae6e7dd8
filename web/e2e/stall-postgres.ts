import { readFileSync } from 'node:fs'
import { readPostmaster } from '../../src/db/embedded-postmaster.ts'

/** Stops all processes of the Postgres in `cluster` where they stand; answers how they go on. */
export function stallPostgres(cluster: string): () => void {
  const postmaster = readPostmaster(cluster)
  if (!postmaster) throw new Error('No Postgres runs there')
  // The one that would start more of them first.
  const pids = [postmaster.pid]
  process.kill(postmaster.pid, 'SIGSTOP')
  for (const pid of childrenOf(postmaster.pid)) {
    process.kill(pid, 'SIGSTOP')
    pids.push(pid)
  }
  return () => {
    for (const pid of pids.splice(0)) process.kill(pid, 'SIGCONT')
  }
}

function childrenOf(pid: number): number[] {
  const told =
    process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      : Bun.spawnSync(['pgrep', '-P', String(pid)]).stdout.toString()
  return told.split(/\s+/).filter(Boolean).map(Number)
}
