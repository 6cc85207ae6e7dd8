import type { Sql } from 'postgres'
import { AppError } from '../protocol/errors.ts'
import type { Clock, Identity } from '../realtime/ports.ts'
import { userColumns, userOf, type UserRow } from '../rooms/user-row.ts'

/** Whose session it is, while it lives. */
export type Account = Omit<Identity, 'expiresAtMs'> & { serverRole: 'owner' | 'admin' | 'member' }

interface AccountRow extends UserRow {
  session_id: string
  role: Account['serverRole']
  revoked_at: Date | null
  expires_at: Date
}

interface Asked {
  userId: string
  sessionId: string
  resolve: (account: Account) => void
  reject: (error: unknown) => void
}

/** So many in one query. */
const batchMax = 500

/**
 * Reads accounts of sessions. What is asked while a query runs goes into the next one together: when
 * ten thousand come back at once, a query for each would cost more than all the rest of their coming.
 */
export function createAccountReads({ sql, clock }: { sql: Sql; clock: Clock }) {
  let waiting: Asked[] = []
  let isReading = false

  const answer = async (batch: Asked[]): Promise<void> => {
    try {
      const sessionIds = batch.map(({ sessionId }) => sessionId)
      const rows = await sql<AccountRow[]>`
        select ${userColumns(sql)}, users.role, sessions.id as session_id, sessions.revoked_at,
          sessions.expires_at
        from sessions join users on users.id = sessions.user_id
        where sessions.id = any (${sessionIds})`
      const found = new Map(rows.map((row) => [row.session_id, row]))
      for (const { userId, sessionId, resolve, reject } of batch) {
        const row = found.get(sessionId)
        const isLive = row && !row.revoked_at && row.expires_at.getTime() > clock()
        if (isLive && row.user_id === userId) {
          resolve({ user: userOf(row), sessionId, serverRole: row.role })
        } else {
          reject(new AppError('session_revoked', 'This session has ended: sign in again'))
        }
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  const read = async (): Promise<void> => {
    isReading = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchMax)
      waiting = waiting.slice(batchMax)
      await answer(batch)
    }
    isReading = false
  }

  /** @throws AppError `session_revoked` */
  return (userId: string, sessionId: string): Promise<Account> =>
    new Promise((resolve, reject) => {
      waiting.push({ userId, sessionId, resolve, reject })
      if (!isReading) void read()
    })
}
