import type { Sql } from 'postgres'
import type { DatabaseLooks } from '../realtime/ports.ts'
import { readIdentity } from './identity.ts'
import { applicationPrefix } from './connect.ts'

interface LooksOptions {
  sql: Sql
  /** Of this node's own connections. */
  applicationName: string
}

/** What one node sees in Postgres of what the others did. Times are the database's own: a node's clock may be wrong. */
export function createLooks({ sql, applicationName }: LooksOptions): DatabaseLooks {
  return {
    epoch: async () => (await readIdentity(sql)).epoch,

    hasPeers: async () => {
      const rows = await sql`
        select from pg_stat_activity
        where datname = current_database() and application_name <> ${applicationName}
          and starts_with(application_name, ${applicationPrefix})
        limit 1`
      return rows.length > 0
    },

    headsPast: async (heads) => {
      if (heads.length === 0) return []
      const rows = await sql<{ id: string; head: string }[]>`
        select rooms.id, rooms.head
        from unnest(
          ${heads.map(({ roomId }) => roomId)}::uuid[], ${heads.map(({ head }) => head)}::bigint[]
        ) as known (id, head)
        join rooms on rooms.id = known.id
        where rooms.head > known.head`
      return rows.map(({ id, head }) => ({ roomId: id, head: Number(head) }))
    },

    endedOf: async (sessionIds) => {
      // One that is not there was revoked and cleared away.
      const rows = await sql<{ id: string }[]>`
        select asked.id from unnest(${sessionIds}::uuid[]) as asked (id)
        where not exists (
          select from sessions where sessions.id = asked.id and sessions.revoked_at is null)`
      return rows.map(({ id }) => id)
    },

    newPlaces: async (userIds, seconds) => {
      const rows = await sql<{ user_id: string; room_id: string; joined_at: string }[]>`
        select user_id, room_id, joined_at::text
        from members
        where joined_at > now() - make_interval(secs => ${seconds}) and user_id = any (${userIds})`
      return rows.map((row) => ({
        userId: row.user_id,
        roomId: row.room_id,
        joinedAt: row.joined_at,
      }))
    },
  }
}
