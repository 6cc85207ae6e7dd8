import { randomUUID } from 'node:crypto'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Database } from '../http/context.ts'
import { startEmbedded } from './embedded.ts'
import * as schema from './schema.ts'
import { renewable } from './renewable.ts'

export interface OpenOptions {
  /** Absent: Parley's own Postgres in `dataDir`. */
  databaseUrl?: string | undefined
  dataDir: string
  /** Connections of each of the two clients. */
  pool: number
  /** Hears of the life of Parley's own Postgres, a line each. */
  log?: (line: string) => void
}

export interface OpenDatabase {
  db: Database
  /** For raw SQL: Drizzle changes date parsing on the client it wraps. */
  sql: postgres.Sql
  /** A client of one connection, for work that must not share. */
  single: () => postgres.Sql
  /** A client of one connection, for commits. */
  writer: postgres.Sql
  renewWriter: () => void
  renewAll: () => void
  /** By which the database tells this Parley from others. */
  applicationName: string
  close: () => Promise<void>
}

export type Connection = string | postgres.Options<Record<string, postgres.PostgresType>>

/** Before the name of its own that each Parley has in `pg_stat_activity`. */
export const applicationPrefix = 'parley '

/** Seconds until the next try: a database that comes back is found at once, not in twenty seconds. */
const backoff = (tries: number): number => Math.min(0.5, 0.05 * 2 ** Math.min(tries, 5))

const connect = (to: Connection, max: number, applicationName = 'parley'): postgres.Sql => {
  const options = {
    max,
    connect_timeout: 5,
    idle_timeout: 0,
    backoff,
    connection: { application_name: applicationName },
    onnotice: () => {},
  }
  return typeof to === 'string' ? postgres(to, options) : postgres({ ...to, ...options })
}

/** Both clients on a database that exists. */
export function connectDatabase(to: Connection, pool: number): OpenDatabase {
  const applicationName = `${applicationPrefix}${randomUUID()}`
  const wrapped = renewable(() => {
    const client = connect(to, pool, applicationName)
    // Each client that Drizzle works with has to be made ready by it.
    drizzle(client, { schema })
    return client
  })
  const reader = renewable(() => connect(to, pool, applicationName))
  const writer = renewable(() => connect(to, 1, applicationName))
  return {
    db: drizzle(wrapped.sql, { schema }),
    sql: reader.sql,
    writer: writer.sql,
    single: () => connect(to, 1, applicationName),
    applicationName,
    renewWriter: writer.renew,
    renewAll: () => {
      for (const client of [wrapped, reader, writer]) client.renew()
    },
    close: async () => {
      const clients = [wrapped, reader, writer]
      await Promise.all(clients.map(({ sql }) => sql.end({ timeout: 5 })))
    },
  }
}

/**
 * Opens the database: the one of `databaseUrl`, or Parley's own.
 * @throws Error with one line for the operator; it holds no password
 */
export function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  const { databaseUrl, pool } = options
  return databaseUrl === undefined ? openEmbedded(options) : openExternal(databaseUrl, pool)
}

const openExternal = async (databaseUrl: string, pool: number): Promise<OpenDatabase> => {
  let opened: OpenDatabase | null = null
  try {
    opened = connectDatabase(databaseUrl, pool)
    await opened.sql`select 1`
    return opened
  } catch (error) {
    await opened?.close()
    throw unreachable(error)
  }
}

const openEmbedded = async ({ dataDir, pool, log }: OpenOptions): Promise<OpenDatabase> => {
  const embedded = await startEmbedded({ dataDir, ...(log && { log }) })
  try {
    const { connection } = embedded
    await createOnce({ ...connection, database: 'postgres' }, connection.database)
    const opened = connectDatabase(connection, pool)
    return {
      ...opened,
      close: async () => {
        await opened.close()
        await embedded.stop()
      },
    }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

const createOnce = async (admin: Connection, name: string): Promise<void> => {
  const sql = connect(admin, 1)
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`
    if (!found) await sql`create database ${sql(name)}`
  } catch (error) {
    // Two Parleys start at once: the other one made it.
    if (!(error instanceof postgres.PostgresError && ['42P04', '23505'].includes(error.code)))
      throw error
  } finally {
    await sql.end()
  }
}

const unreachable = (error: unknown): Error => {
  const start = "The database of DATABASE_URL can't be reached"
  // What the parser of addresses throws may hold the address, and with it the password.
  const isMalformed = error instanceof URIError || error instanceof TypeError
  if (isMalformed || !(error instanceof Error)) return new Error(`${start}: it is no valid address`)
  const reason = error.message || ('code' in error ? String(error.code) : error.name)
  return new Error(`${start}: ${reason.split('\n').join(' ')}`, { cause: error })
}
