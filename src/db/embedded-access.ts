import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasCode } from './file-errors.ts'
import { socketPath, type Postmaster } from './embedded-postmaster.ts'

/** For the `postgres` package. */
export interface EmbeddedConnection {
  username: string
  database: string
  path?: string
  host?: string
  port?: number
  password?: string
}

export const username = 'parley'
const database = 'parley'
const isWindows = process.platform === 'win32'
const loopback = '127.0.0.1'

/** How to reach a Postgres that runs in this data directory, and nobody else does. */
export function connectionTo(dataDir: string, postmaster: Postmaster): EmbeddedConnection {
  if (!isWindows) return { username, database, path: socketPath(postmaster) }
  const password = readFileSync(passwordFile(dataDir), 'utf8')
  return { username, database, host: loopback, port: postmaster.port, password }
}

const passwordFile = (dataDir: string): string => join(dataDir, 'postgres-password')

/** Whoever gets to the Unix socket is let in: its directory is closed to others. */
export function authenticationArgs(dataDir: string): string[] {
  if (!isWindows) return ['--auth-local=trust', '--auth-host=scram-sha-256']
  const file = passwordFile(dataDir)
  if (!existsSync(file)) keep(file, randomBytes(24).toString('base64url'))
  return ['--auth=scram-sha-256', `--pwfile=${file}`]
}

/** Whole or not at all. */
const keep = (path: string, text: string): void => {
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** Where Postgres listens, as lines of `postgresql.conf`. `own` gives the directory to its user. */
export async function listenSettings(
  dataDir: string,
  cluster: string,
  own: (path: string) => void,
): Promise<string[]> {
  if (isWindows) return [`listen_addresses = '${loopback}'`, `port = ${await freePort()}`]
  const directory = socketDirOf(dataDir, statSync(cluster).uid)
  own(directory)
  return [
    "listen_addresses = ''",
    // A list: a path is quoted once as an item of it and once as a value.
    `unix_socket_directories = ${quoted(`"${directory.replaceAll('"', '""')}"`)}`,
    'unix_socket_permissions = 0700',
    'port = 5432',
  ]
}

const quoted = (value: string): string =>
  `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** The address of a Unix socket holds 107 bytes on Linux and 103 on macOS, with the file's name. */
const maxSocketDirBytes = 80

/**
 * In a deep data directory the socket lives elsewhere, in a directory with a name that nobody could
 * have guessed and taken. It is remembered: another Parley goes on looking there when Postgres
 * comes back after a crash.
 */
const socketDirOf = (dataDir: string, owner: number): string => {
  const own = join(dataDir, 'run')
  if (Buffer.byteLength(own) <= maxSocketDirBytes) {
    mkdirSync(own, { recursive: true, mode: 0o700 })
    chmodSync(own, 0o700)
    return own
  }
  const memory = join(dataDir, 'socket-dir')
  const known = existsSync(memory) ? readFileSync(memory, 'utf8') : ''
  if (known && isPrivate(known, owner)) return known
  const temporary = Buffer.byteLength(tmpdir()) > maxSocketDirBytes - 15 ? '/tmp' : tmpdir()
  const made = mkdtempSync(join(temporary, 'parley-'))
  keep(memory, made)
  return made
}

const isPrivate = (path: string, owner: number): boolean => {
  try {
    const { mode, uid } = lstatSync(path)
    return (mode & 0o170_077) === 0o040_000 && uid === owner
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw error
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, loopback, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
