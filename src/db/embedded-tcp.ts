import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { freePort } from './embedded-access.ts'
import { startEmbedded, type Embedded, type EmbeddedOptions } from './embedded.ts'

export interface EmbeddedOverTcp extends Embedded {
  /** A DATABASE_URL of one of its databases. */
  url: (database: string) => string
}

/**
 * Parley's own Postgres with a second door, for those who can't use its socket: on loopback, with a
 * password made anew each time. One that runs already, as after a crash, is used as it is.
 */
export async function startEmbeddedOverTcp(options: EmbeddedOptions): Promise<EmbeddedOverTcp> {
  const embedded = await startEmbedded({
    ...options,
    settings: [
      ...(options.settings ?? []),
      "listen_addresses = '127.0.0.1'",
      `port = ${await freePort()}`,
    ],
  })
  const password = randomBytes(24).toString('hex')
  const { username } = embedded.connection
  const admin = postgres({ ...embedded.connection, database: 'postgres', max: 1 })
  // A password can't be a parameter; this one is hexadecimal.
  await admin.unsafe(`alter role ${username} password '${password}'`)
  const [{ port } = { port: '' }] = await admin<{ port: string }[]>`
    select current_setting('port') as port`
  await admin.end()
  return {
    ...embedded,
    url: (database) => `postgres://${username}:${password}@127.0.0.1:${port}/${database}`,
  }
}
