import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** How Parley reaches its own Postgres, and nobody else does. */
export interface Access {
  connection: {
    username: string
    database: string
    path?: string
    host?: string
    port?: number
    password?: string
  }
  initArgs: string[]
  settings: string[]
}

const username = 'parley'
const database = 'parley'

/** A Unix socket in a directory of mode 0700; on Windows loopback with a password. */
export async function accessOf(dataDir: string, runDir: string): Promise<Access> {
  if (process.platform !== 'win32') {
    return {
      connection: { username, database, path: join(runDir, '.s.PGSQL.5432') },
      initArgs: ['--auth=trust'],
      settings: [
        "listen_addresses = ''",
        `unix_socket_directories = '${runDir.replaceAll("'", "''")}'`,
        'unix_socket_permissions = 0700',
        'port = 5432',
      ],
    }
  }
  const passwordFile = join(dataDir, 'postgres-password')
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  }
  const portFile = join(dataDir, 'postgres-port')
  if (!existsSync(portFile)) writeFileSync(portFile, String(await freePort()), { mode: 0o600 })
  const port = Number(readFileSync(portFile, 'utf8'))
  const password = readFileSync(passwordFile, 'utf8').trim()
  return {
    connection: { username, database, host: '127.0.0.1', port, password },
    initArgs: ['--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    settings: ["listen_addresses = '127.0.0.1'", `port = ${port}`],
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
