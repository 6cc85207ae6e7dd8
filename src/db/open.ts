import postgres from 'postgres'
import { connect, connectDatabase, type Connection, type OpenDatabase } from './connect.ts'
import { startEmbedded } from './embedded.ts'

export interface OpenOptions {
  /** Absent: Parley's own Postgres in `dataDir`. */
  databaseUrl?: string | undefined
  dataDir: string
  /** Connections of each of the two clients. */
  pool: number
  /** Hears of the life of Parley's own Postgres, a line each. */
  log?: (line: string) => void
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

/** A database of this name; `admin` connects to another one of the same server. */
export const createOnce = async (admin: Connection, name: string): Promise<void> => {
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
