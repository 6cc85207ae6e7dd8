import { createHash, createSecretKey, type KeyObject } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose'
import { z } from 'zod'
import { sessions, users } from '../db/schema.ts'
import type { Database } from '../http/context.ts'
import { AppError } from '../protocol/errors.ts'
import type { Identity } from '../realtime/ports.ts'
import { toUser } from '../users/shape.ts'
import type { Clock } from '../realtime/ports.ts'
import type { AccessTokens } from './access-token.ts'

interface AccessTokenOptions {
  /** The first signs; the others are still accepted, until the tokens they signed have ended. */
  secrets: [string, ...string[]]
  db: Database
  clock: Clock
  ttlSeconds: number
}

type Verified = Identity & { serverRole: 'owner' | 'admin' | 'member' }
type Account = Omit<Verified, 'expiresAtMs'>

const issuer = 'parley'
const typ = 'at+jwt'
/** How long a session is believed to live: what another node revoked is known after this (security 11). */
const believedMs = 2_000
const believedMax = 20_000

const claimsSchema = z.object({ sub: z.uuid(), sid: z.uuid(), exp: z.number() })

const keyOf = (secret: string): { kid: string; key: KeyObject } => ({
  kid: createHash('sha256').update(`kid:${secret}`).digest('hex').slice(0, 12),
  key: createSecretKey(Buffer.from(secret)),
})

/** Access tokens as JWTs: HS256 and nothing else, with a key chosen by `kid` from ours (security 7 to 9). */
export function createAccessTokens({
  secrets,
  db,
  clock,
  ttlSeconds,
}: AccessTokenOptions): AccessTokens {
  const keys = secrets.map(keyOf)
  const byKid = new Map(keys.map(({ kid, key }) => [kid, key]))
  const signing = keyOf(secrets[0])
  const believed = new Map<string, { account: Account; untilMs: number }>()

  const readClaims = async (token: string): Promise<z.infer<typeof claimsSchema>> => {
    let payload: JWTPayload
    try {
      const verified = await jwtVerify(
        token,
        ({ kid }) => {
          const key = byKid.get(kid ?? '')
          if (!key) throw new AppError('unauthenticated', 'The access token is not valid')
          return key
        },
        {
          algorithms: ['HS256'],
          issuer,
          audience: issuer,
          typ,
          requiredClaims: ['sub', 'sid', 'iat', 'exp'],
          currentDate: new Date(clock()),
        },
      )
      payload = verified.payload
    } catch (cause) {
      if (cause instanceof errors.JWTExpired) {
        throw new AppError('token_expired', 'The access token has ended: refresh it', { cause })
      }
      throw new AppError('unauthenticated', 'The access token is not valid', { cause })
    }
    const claims = claimsSchema.safeParse(payload)
    if (!claims.success) throw new AppError('unauthenticated', 'The access token is not valid')
    return claims.data
  }

  const readAccount = async (userId: string, sessionId: string): Promise<Account> => {
    const known = believed.get(sessionId)
    if (known && known.untilMs > clock() && known.account.user.id === userId) return known.account
    const [row] = await db
      .select({ user: users, revokedAt: sessions.revokedAt, expiresAt: sessions.expiresAt })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.id, sessionId))
    const isAlive =
      row && row.user.id === userId && !row.revokedAt && row.expiresAt.getTime() > clock()
    if (!isAlive) {
      believed.delete(sessionId)
      throw new AppError('session_revoked', 'This session has ended: sign in again')
    }
    const account = { user: toUser(row.user), sessionId, serverRole: row.user.role }
    if (believed.size >= believedMax) believed.clear()
    believed.set(sessionId, { account, untilMs: clock() + believedMs })
    return account
  }

  return {
    async issue({ userId, sessionId, ttlSeconds: ownTtl = ttlSeconds }) {
      const issuedAt = Math.floor(clock() / 1_000)
      const token = await new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: 'HS256', kid: signing.kid, typ })
        .setIssuer(issuer)
        .setAudience(issuer)
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ownTtl)
        .sign(signing.key)
      return { token, expiresAtMs: (issuedAt + ownTtl) * 1_000 }
    },

    async verify(token) {
      const { sub, sid, exp } = await readClaims(token)
      return { ...(await readAccount(sub, sid)), expiresAtMs: exp * 1_000 }
    },

    forget(what) {
      if ('sessionId' in what) believed.delete(what.sessionId)
      else {
        for (const [sessionId, { account }] of believed) {
          if (account.user.id === what.userId) believed.delete(sessionId)
        }
      }
    },
  }
}
