import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Logger } from '@logtape/logtape'
import type { Context } from 'hono'
import type { Sql } from 'postgres'
import type { AccessTokens } from '../auth/access-token.ts'
import type { Config } from '../config.ts'
import type * as schema from '../db/schema.ts'
import type { FileDeps } from '../files/ports.ts'
import type { User } from '../protocol/users.ts'
import type { Hub } from '../realtime/hub.ts'
import type { Clock } from '../realtime/ports.ts'
import type { SharedCounts } from '../realtime/shared-counts.ts'

export type Database = PostgresJsDatabase<typeof schema>

/** What every feature may use. Made once at the start, by the entry of each runtime. */
export interface AppDeps {
  config: Config
  db: Database
  /** A client of its own for raw SQL: Drizzle changes date parsing on the one it wraps. */
  sql: Sql
  hub: Hub
  /** Where uploads go, and who reads images. */
  files: FileDeps
  /** For limits that hold over all nodes. */
  counts: SharedCounts
  tokens: AccessTokens
  /** The server's secret from which refresh tokens are derived. */
  refreshKey: string
  /** For dates. */
  clock: Clock
  /** For spans: passes evenly, also when the system's clock is set. */
  steadyClock: Clock
  /** A UUIDv7. */
  newId: () => string
  log: Logger
  /** Turns a request for `/ws` into a socket of the hub, or answers why not; the runtime's adapter. */
  upgrade: (c: Context<AppEnv>) => Response | Promise<Response>
  /** The runtime compresses what it sends by itself. */
  packsItself: boolean
  /** The web client's files, on every path that nothing else answers. */
  page: (c: Context<AppEnv>) => Response | Promise<Response>
}

/** Who asks, once `authenticate` has let them in. */
export interface Asker {
  user: User
  sessionId: string
  serverRole: 'owner' | 'admin' | 'member'
}

export interface AppEnv {
  Bindings: {
    /** The address of the other side of the connection, as the runtime tells it. */
    peerAddress?: string
  }
  Variables: {
    requestId: string
    asker: Asker
    log: Logger
  }
}
