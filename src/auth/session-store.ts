import { and, desc, eq, gt, isNotNull, isNull, lt, or } from 'drizzle-orm'
import { refreshTokens, sessions, users } from '../db/schema.ts'
import type { Database } from '../http/context.ts'
import type { Session } from '../protocol/users.ts'
import type { Clock } from '../realtime/ports.ts'
import { endSessions } from './end-sessions.ts'
import { newRefreshToken, refreshHash, successorOf } from './refresh-token.ts'

interface SessionStoreOptions {
  db: Database
  clock: Clock
  newId: () => string
  /** The server's secret from which the next token of a family is derived. */
  key: string
  ttlDays: number
}

interface NewSession {
  userId: string
  /** What the password was checked against. */
  passwordHash: string
  userAgent: string
}

export interface OpenedSession {
  sessionId: string
  token: string
}

export type Rotation =
  | { ok: true; userId: string; sessionId: string; token: string }
  /** `reused`: a stolen token, or a copy of one; the session is ended by it. */
  | { ok: false; reason: 'unknown' | 'ended' }
  | { ok: false; reason: 'reused'; userId: string; sessionId: string }

/** Two tabs that refresh at once are no theft. */
const graceMs = 10_000
const dayMs = 86_400_000
/** A used token is known as stolen for so long; after that it is just not known, and refused as well. */
const usedKeptMs = 7 * dayMs

/** Sessions and their families of refresh tokens. */
export function createSessionStore({ db, clock, newId, key, ttlDays }: SessionStoreOptions) {
  const endsAt = () => new Date(clock() + ttlDays * dayMs)

  return {
    /**
     * A new session, if `passwordHash` is still the user's: a password change that happens while
     * the old one is checked ends this sign-in too (security 12). Null if it is not.
     */
    open: ({ userId, passwordHash, userAgent }: NewSession) =>
      db.transaction(async (tx): Promise<OpenedSession | null> => {
        const [owner] = await tx
          .select({ id: users.id })
          .from(users)
          .where(and(eq(users.id, userId), eq(users.passwordHash, passwordHash)))
          .for('share')
        if (!owner) return null
        const now = new Date(clock())
        // Whoever signs in clears what is over of their own; refresh tokens go along.
        await tx
          .delete(sessions)
          .where(
            and(
              eq(sessions.userId, userId),
              or(isNotNull(sessions.revokedAt), lt(sessions.expiresAt, now)),
            ),
          )
        const sessionId = newId()
        const token = newRefreshToken()
        const at = { createdAt: now, lastUsedAt: now, expiresAt: endsAt() }
        await tx.insert(sessions).values({ id: sessionId, userId, userAgent, ...at })
        await tx.insert(refreshTokens).values({ hash: refreshHash(token), sessionId })
        return { sessionId, token }
      }),

    /** Takes a refresh token and gives its successor (security 13). */
    rotate: (token: string) =>
      db.transaction(async (tx): Promise<Rotation> => {
        const hash = refreshHash(token)
        const [row] = await tx
          .select({ token: refreshTokens, session: sessions })
          .from(refreshTokens)
          .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
          .where(eq(refreshTokens.hash, hash))
          .for('update')
        if (!row) return { ok: false, reason: 'unknown' }
        const { id: sessionId, userId, revokedAt, expiresAt } = row.session
        const now = new Date(clock())
        if (revokedAt || expiresAt <= now) return { ok: false, reason: 'ended' }
        const { usedAt } = row.token
        if (usedAt && now.getTime() - usedAt.getTime() > graceMs) {
          await endSessions(tx, now, { userId, only: sessionId })
          return { ok: false, reason: 'reused', userId, sessionId }
        }
        const successor = successorOf(token, key)
        if (usedAt) return { ok: true, userId, sessionId, token: successor }
        const forgotten = new Date(now.getTime() - usedKeptMs)
        await tx
          .delete(refreshTokens)
          .where(and(eq(refreshTokens.sessionId, sessionId), lt(refreshTokens.usedAt, forgotten)))
        await tx.update(refreshTokens).set({ usedAt: now }).where(eq(refreshTokens.hash, hash))
        await tx.insert(refreshTokens).values({ hash: refreshHash(successor), sessionId })
        await tx
          .update(sessions)
          .set({ lastUsedAt: now, expiresAt: endsAt() })
          .where(eq(sessions.id, sessionId))
        return { ok: true, userId, sessionId, token: successor }
      }),

    /** Whose family a refresh token belongs to, used or not. */
    async ofToken(token: string): Promise<{ userId: string; sessionId: string } | undefined> {
      const [row] = await db
        .select({ userId: sessions.userId, sessionId: sessions.id })
        .from(refreshTokens)
        .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
        .where(eq(refreshTokens.hash, refreshHash(token)))
      return row
    },

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
      const ended = await endSessions(db, new Date(clock()), { userId, only: sessionId })
      return ended.length > 0
    },

    /** Ends all sessions of a user but one; answers their ids. */
    revokeOthers: (userId: string, keepId: string): Promise<string[]> =>
      endSessions(db, new Date(clock()), { userId, allBut: keepId }),
  }
}
