import type { Context } from 'hono'
import { z } from 'zod'
import type { AppDeps, AppEnv } from '../http/context.ts'
import { setFileCookie } from '../http/file-cookie.ts'
import type { Me, SignedIn } from '../protocol/users.ts'
import { createAccountStore } from './account-store.ts'
import { setRefreshCookie } from './refresh-token.ts'
import { createSessionStore, type OpenedSession } from './session-store.ts'
import { createSignInLimits } from './sign-in-limits.ts'

/** What the routes of accounts share: who has an account, who is signed in, how often one may try. */
export type AccountDesk = ReturnType<typeof createAccountDesk>

export const tags = ['Accounts']
export const doneSchema = z.object({ ok: z.literal(true) })
export const done = { ok: true } as const

export function createAccountDesk(deps: AppDeps) {
  const { config, tokens, hub, counts, clock, steadyClock, newId, db, refreshKey } = deps
  return {
    accounts: createAccountStore(db),
    sessions: createSessionStore({
      db,
      clock,
      newId,
      key: refreshKey,
      ttlDays: config.SESSION_TTL_DAYS,
    }),
    tries: createSignInLimits({ config, clock: steadyClock, counts }),

    /** The answer to everyone who signs in or refreshes: an access token, and the cookies. */
    async answer(c: Context<AppEnv>, user: Me, session: OpenedSession): Promise<SignedIn> {
      const { sessionId, token: refresh } = session
      const { token, expiresAtMs } = await tokens.issue({ userId: user.id, sessionId })
      setRefreshCookie(c, config, refresh)
      const { token: ofFiles } = await tokens.issue({ userId: user.id, sessionId, use: 'files' })
      setFileCookie(c, config, ofFiles)
      return { user, accessToken: token, expiresAt: new Date(expiresAtMs).toISOString() }
    },

    /** Tells all nodes that a session is over: its tokens and its sockets (security 11). */
    ended: (sessionId: string): void => {
      tokens.forget({ sessionId })
      hub.sessionRevoked(sessionId)
    },
  }
}

export const userAgentOf = (c: Context<AppEnv>): string =>
  (c.req.header('user-agent') ?? '').slice(0, 300)
