import { chownSync } from 'node:fs'

/** How to run Postgres from this process: a command put before its own, and whom its files must belong to. */
export interface Privileges {
  prefix: string[]
  /** Gives a directory to whoever Postgres runs as. */
  own: (path: string) => void
}

/** Of `nobody` on every Linux there is. */
const nobody = 65_534

const runs = (command: string[], env: Record<string, string>): boolean => {
  try {
    return Bun.spawnSync(command, {
      stdout: 'ignore',
      stderr: 'ignore',
      env: { ...process.env, ...env },
    }).success
  } catch {
    return false
  }
}

/**
 * Postgres refuses to run as root. As root on Linux it gets a user namespace in which root is an
 * ordinary user: no system user to create, and directories that only root can enter still work.
 * Where namespaces are forbidden it runs as nobody, if nobody can read the installation.
 */
export function privilegesFor(postgres: string, env: Record<string, string>): Privileges {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return { prefix: [], own: () => {} }
  const namespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000']
  if (runs([...namespace, postgres, '--version'], env)) return { prefix: namespace, own: () => {} }
  const drop = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']
  if (runs([...drop, postgres, '--version'], env)) {
    return { prefix: drop, own: (path) => chownSync(path, nobody, nobody) }
  }
  throw new Error(
    'Postgres refuses to run as root, user namespaces are forbidden here, and an unprivileged user ' +
      "can't read the installation: run Parley as another user, or set DATABASE_URL",
  )
}
