import { existsSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fault, Need } from './fault.ts'

/** Why this fault can't be done where we are; null when it can. */
export function missingFor(
  { needs = [], nodes, withoutRedis }: Fault,
  count: number = nodes,
): string | null {
  const all = new Set(needs)
  if (count < 2 && all.has('redis-server')) return 'it asks for two nodes'
  if (count > 1 && !withoutRedis) all.add('redis-server')
  for (const need of all) if (!isThere[need]()) return reasons[need]
  return null
}

const reasons: Record<Need, string> = {
  'redis-server': 'there is no redis-server here',
  tmpfs: 'this user may not mount a small disk',
  proc: 'there is no /proc here',
}

const isThere: Record<Need, () => boolean> = {
  proc: () => existsSync('/proc/net/tcp'),
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
