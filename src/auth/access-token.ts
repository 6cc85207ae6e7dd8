import type { Identity } from '../realtime/ports.ts'

/** Access tokens: short-lived JWTs (design, section 5). */
export interface AccessTokens {
  /** A token for this session of this user, and when it ends (milliseconds since 1970). */
  issue: (claims: {
    userId: string
    sessionId: string
    ttlSeconds?: number
  }) => Promise<{ token: string; expiresAtMs: number }>
  /**
   * Who `token` speaks for: signature, claims, and a session that is not revoked (known within 2 s
   * everywhere, at once on the node that revoked it).
   * @throws AppError `unauthenticated`, `token_expired` or `session_revoked`
   */
  verify: (token: string) => Promise<Identity & { serverRole: 'owner' | 'admin' | 'member' }>
  /** Forgets what is remembered of a session or a user, so that the next `verify` reads it anew. */
  forget: (what: { sessionId: string } | { userId: string }) => void
}
