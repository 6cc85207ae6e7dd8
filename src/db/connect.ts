import { randomUUID } from 'node:crypto'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Database } from '../http/context.ts'
import { renewable } from './renewable.ts'
import * as schema from './schema.ts'

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

export const connect = (to: Connection, max: number, applicationName = 'parley'): postgres.Sql => {
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
