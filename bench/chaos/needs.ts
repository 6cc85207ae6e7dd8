import { existsSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasWorkerd } from '../workerd-process.ts'
import type { Fault, Need } from './fault.ts'

/** Why this fault can't be done where we are; null when it can. */
export function missingFor(
  { needs = [], nodes, withoutRedis, runtime }: Fault,
  count: number = nodes,
): string | null {
  const all = new Set(needs)
  if (runtime === 'workerd') {
    if (count > 1) return 'there is one object, not two nodes'
    all.add('workerd')
  }
  if (count < 2 && all.has('redis-server')) return 'it asks for two nodes'
  if (count > 1 && !withoutRedis) all.add('redis-server')
  for (const need of all) if (!isThere[need]()) return reasons[need]
  return null
}

const reasons: Record<Need, string> = {
  'redis-server': 'there is no redis-server here',
  tmpfs: 'this user may not mount a small disk',
  proc: 'there is no /proc here',
  workerd: 'there is no workerd for this platform',
}

const isThere: Record<Need, () => boolean> = {
  proc: () => existsSync('/proc/net/tcp'),
  workerd: hasWorkerd,
  'redis-server': () => Bun.which('redis-server') !== null,
  tmpfs() {
    if (process.getuid?.() !== 0 || Bun.which('mount') === null) return false
    const path = mkdtempSync(join(tmpdir(), 'parley-small-disk-'))
    const isMounted = Bun.spawnSync([
      'mount',
      '-t',
      'tmpfs',
      '-o',
      'size=1m',
      'tmpfs',
      path,
    ]).success
    if (isMounted) Bun.spawnSync(['umount', path])
    rmdirSync(path)
    return isMounted
  },
}
