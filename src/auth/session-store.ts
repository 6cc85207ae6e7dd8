import { and, desc, eq, gt, isNull, lt, ne } from 'drizzle-orm'
import { refreshTokens, sessions } from '../db/schema.ts'
import type { Database } from '../http/context.ts'
import type { Session } from '../protocol/users.ts'
import type { Clock } from '../realtime/ports.ts'
import { newRefreshToken, refreshHash, successorOf } from './refresh-token.ts'

interface SessionStoreOptions {
  db: Database
  clock: Clock
  newId: () => string
  /** The server's signing key. */
  key: string
  ttlDays: number
}

export type Rotation =
  | { ok: true; userId: string; sessionId: string; token: string }
  /** `reused`: a stolen token, or a copy of one; the session is ended by it. */
  | { ok: false; reason: 'unknown' | 'ended' }
  | { ok: false; reason: 'reused'; userId: string; sessionId: string }

/** Two tabs that refresh at once are no theft. */
const graceMs = 10_000
const dayMs = 86_400_000

/** Sessions and their families of refresh tokens. */
export function createSessionStore({ db, clock, newId, key, ttlDays }: SessionStoreOptions) {
  const endsAt = () => new Date(clock() + ttlDays * dayMs)

  return {
    async open(userId: string, userAgent: string): Promise<{ sessionId: string; token: string }> {
      const sessionId = newId()
      const token = newRefreshToken()
      await db.transaction(async (tx) => {
        // Whoever signs in clears what is over of their own.
        await tx
          .delete(sessions)
          .where(and(eq(sessions.userId, userId), lt(sessions.expiresAt, new Date(clock()))))
        await tx.insert(sessions).values({ id: sessionId, userId, userAgent, expiresAt: endsAt() })
        await tx.insert(refreshTokens).values({ hash: refreshHash(token), sessionId })
      })
      return { sessionId, token }
    },

    /** Takes a refresh token and gives its successor (security 13). */
    rotate: (token: string): Promise<Rotation> =>
      db.transaction(async (tx) => {
        const [row] = await tx
          .select({ token: refreshTokens, session: sessions })
          .from(refreshTokens)
          .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
          .where(eq(refreshTokens.hash, refreshHash(token)))
          .for('update')
        if (!row) return { ok: false, reason: 'unknown' }
        const { id: sessionId, userId, revokedAt, expiresAt } = row.session
        const now = new Date(clock())
        if (revokedAt || expiresAt <= now) return { ok: false, reason: 'ended' }
        const successor = successorOf(token, key)
        const { usedAt } = row.token
        if (usedAt && now.getTime() - usedAt.getTime() > graceMs) {
          await tx.update(sessions).set({ revokedAt: now }).where(eq(sessions.id, sessionId))
          return { ok: false, reason: 'reused', userId, sessionId }
        }
        if (!usedAt) {
          await tx
            .update(refreshTokens)
            .set({ usedAt: now })
            .where(eq(refreshTokens.hash, row.token.hash))
          await tx.insert(refreshTokens).values({ hash: refreshHash(successor), sessionId })
          await tx
            .update(sessions)
            .set({ lastUsedAt: now, expiresAt: endsAt() })
            .where(eq(sessions.id, sessionId))
        }
        return { ok: true, userId, sessionId, token: successor }
      }),

    async list(userId: string, currentId: string): Promise<Session[]> {
      const rows = await db
        .select()
        .from(sessions)
        .where(
          and(
            eq(sessions.userId, userId),
            isNull(sessions.revokedAt),
            gt(sessions.expiresAt, new Date(clock())),
          ),
        )
        .orderBy(desc(sessions.lastUsedAt))
      return rows.map((row) => ({
        id: row.id,
        current: row.id === currentId,
        userAgent: row.userAgent,
        createdAt: row.createdAt.toISOString(),
        lastUsedAt: row.lastUsedAt.toISOString(),
      }))
    },

    /** Ends one session of a user; false when there is no such one. */
    async revoke(userId: string, sessionId: string): Promise<boolean> {
      const ended = await db
        .update(sessions)
        .set({ revokedAt: new Date(clock()) })
        .where(
          and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.revokedAt)),
        )
        .returning({ id: sessions.id })
      return ended.length > 0
    },

    /** Ends all sessions of a user but one; answers their ids. */
    async revokeOthers(userId: string, keepId: string): Promise<string[]> {
      const ended = await db
        .update(sessions)
        .set({ revokedAt: new Date(clock()) })
        .where(
          and(eq(sessions.userId, userId), ne(sessions.id, keepId), isNull(sessions.revokedAt)),
        )
        .returning({ id: sessions.id })
      return ended.map(({ id }) => id)
    },
  }
}
