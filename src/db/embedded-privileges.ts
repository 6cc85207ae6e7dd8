import { chmodSync, chownSync, statSync } from 'node:fs'
import { environmentFor, type Binaries } from './embedded-binaries.ts'
import { hasCode } from './file-errors.ts'

/** How to run Postgres from this process: a command put before its own, and whom its files must belong to. */
export interface Privileges {
  prefix: string[]
  /** Gives a file or directory to whoever Postgres runs as. */
  own: (path: string) => void
}

/** Of `nobody` on every Linux there is. */
const nobody = 65_534

const ownerOf = (path: string): number | null => {
  try {
    return statSync(path).uid
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/**
 * Postgres refuses to run as root. As root on Linux it gets a user namespace in which root is an
 * ordinary user: no system user to create, and directories that only root can enter still work.
 * Where namespaces are forbidden it runs as nobody, if nobody can read what it needs. A database
 * that is there already runs as the user it belongs to.
 * @throws Error that names DATABASE_URL when no way works
 */
export function privilegesFor(binaries: Binaries, dataDir: string, cluster: string): Privileges {
  const self = process.getuid?.()
  const owner = ownerOf(cluster)
  if (process.platform === 'win32' || self !== 0) {
    if (self !== undefined && owner !== null && owner !== self) {
      throw new Error(`${cluster} belongs to user ${owner}: run Parley as that user`)
    }
    return { prefix: [], own: () => {} }
  }
  if (owner === null || owner === 0) {
    const prefix = ['unshare', '--user', '--map-user=1000', '--map-group=1000']
    if (runs(prefix, binaries)) return { prefix, own: () => {} }
    if (owner === 0) {
      throw new Error(
        `${cluster} belongs to root, as whom Postgres refuses to run, and user namespaces are ` +
          'forbidden here: give it to another user and run Parley as that one, or set DATABASE_URL',
      )
    }
  }
  return asUser(owner ?? nobody, binaries, dataDir)
}

const asUser = (uid: number, binaries: Binaries, dataDir: string): Privileges => {
  const ways = [
    ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'],
    ['chroot', `--userspec=+${uid}:+${uid}`, '--groups=', '/'],
  ]
  const prefix = ways.find((way) => runs(way, binaries))
  // The user has to pass through; what lies in it is closed by modes of its own.
  chmodSync(dataDir, 0o711)
  if (prefix && succeeds([...prefix, 'test', '-x', dataDir], binaries)) {
    return { prefix, own: (path) => chownSync(path, uid, uid) }
  }
  throw new Error(
    'Postgres refuses to run as root, user namespaces are forbidden here, and user ' +
      `${uid} can't read ${prefix ? dataDir : 'the installation'}: ` +
      'run Parley as another user, or set DATABASE_URL',
  )
}

const runs = (prefix: string[], binaries: Binaries): boolean =>
  succeeds([...prefix, binaries.postgres, '--version'], binaries)

const succeeds = (command: string[], binaries: Binaries): boolean => {
  try {
    return Bun.spawnSync(command, {
      stdout: 'ignore',
      stderr: 'ignore',
      // A directory that the other user can't enter is no place to start a program in.
      cwd: '/',
      env: environmentFor(binaries),
    }).success
  } catch {
    // There is no such command here.
    return false
  }
}
