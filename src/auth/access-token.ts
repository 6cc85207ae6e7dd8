import type { Identity } from '../realtime/ports.ts'

/** What a token opens: the API, or nothing but reading files, for the cookie that `<img>` sends. */
export type TokenUse = 'api' | 'files'

/** Access tokens: short-lived JWTs (design, section 5). */
export interface AccessTokens {
  /** A token for this session of this user, and when it ends (milliseconds since 1970). */
  issue: (claims: {
    userId: string
    sessionId: string
    ttlSeconds?: number
    /** `api` unless told. */
    use?: TokenUse
  }) => Promise<{ token: string; expiresAtMs: number }>
  /**
   * Who `token` speaks for: signature, claims, and a session that is not revoked (known within 2 s
   * everywhere, at once on the node that revoked it).
   * A token of another use is none.
   * @throws AppError `unauthenticated`, `token_expired` or `session_revoked`
   */
  verify: (
    token: string,
    use?: TokenUse,
  ) => Promise<Identity & { serverRole: 'owner' | 'admin' | 'member' }>
  /** Forgets what is remembered of a session or a user, so that the next `verify` reads it anew. */
  forget: (what: { sessionId: string } | { userId: string }) => void
}
