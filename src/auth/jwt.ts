import { createHash, createSecretKey, type KeyObject } from 'node:crypto'
import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose'
import type { Sql } from 'postgres'
import { z } from 'zod'
import { AppError } from '../protocol/errors.ts'
import type { Clock } from '../realtime/ports.ts'
import type { AccessTokens, TokenUse } from './access-token.ts'
import { createAccountReads, type Account } from './account-reads.ts'

interface AccessTokenOptions {
  /** The first signs. The others are accepted for one token's life more: whoever holds an old key could sign for ever. */
  secrets: [string, ...string[]]
  sql: Sql
  clock: Clock
  /** For how long a session is believed to live. */
  steadyClock: Clock
  ttlSeconds: number
}

const issuer = 'parley'
/** A token of one use is none of the other: its type and its audience differ (security 8). */
const marks = {
  api: { typ: 'at+jwt', audience: issuer },
  files: { typ: 'files+jwt', audience: `${issuer} files` },
} as const satisfies Record<TokenUse, object>
/** How long a session is believed to live: what another node revoked is known after this (security 11). */
const believedMs = 2_000
const believedMax = 20_000

/** Tokens whose signature is known to be good: to check it again costs more than the rest of a request. */
const verifiedMax = 5_000

const claimsSchema = z.object({ sub: z.uuid(), sid: z.uuid(), exp: z.number() })

type Claims = z.infer<typeof claimsSchema>

const keyOf = (secret: string): { kid: string; key: KeyObject } => ({
  kid: createHash('sha256').update(`kid:${secret}`).digest('hex').slice(0, 12),
  key: createSecretKey(Buffer.from(secret)),
})

const notValid = (cause?: unknown): AppError =>
  new AppError('unauthenticated', 'The access token is not valid', { cause })

/** Access tokens as JWTs: HS256 and nothing else, with a key chosen by `kid` from ours (security 7 to 9). */
export function createAccessTokens({
  secrets,
  sql,
  clock,
  steadyClock,
  ttlSeconds,
}: AccessTokenOptions): AccessTokens {
  const readAccount = createAccountReads({ sql, clock })
  const signing = keyOf(secrets[0])
  const previous = secrets.slice(1).map(keyOf)
  const previousEndMs = clock() + ttlSeconds * 1_000
  // Promises, not accounts: requests that come together share one query, and an answer that was
  // under way when the session was forgotten is not remembered.
  const believed = new Map<string, { userId: string; account: Promise<Account>; untilMs: number }>()

  const keyFor = (kid: string | undefined): KeyObject => {
    if (kid === signing.kid) return signing.key
    const old = previous.find((candidate) => candidate.kid === kid)
    if (!old || clock() > previousEndMs) throw notValid()
    return old.key
  }

  const verified = new Map<string, { use: TokenUse; claims: Claims; untilMs: number }>()

  const readClaims = async (token: string, use: TokenUse): Promise<Claims> => {
    const known = verified.get(token)
    if (known && known.use === use && known.untilMs > clock()) return known.claims
    const { claims, untilMs } = await verifyClaims(token, use)
    const oldest = verified.size >= verifiedMax ? verified.keys().next().value : undefined
    if (oldest !== undefined) verified.delete(oldest)
    verified.set(token, { use, claims, untilMs })
    return claims
  }

  const verifyClaims = async (
    token: string,
    use: TokenUse,
  ): Promise<{ claims: Claims; untilMs: number }> => {
    let payload: JWTPayload
    let kid: string | undefined
    try {
      const result = await jwtVerify(token, (header) => keyFor(header.kid), {
        algorithms: ['HS256'],
        issuer,
        ...marks[use],
        requiredClaims: ['sub', 'sid', 'iat', 'exp'],
        currentDate: new Date(clock()),
      })
      payload = result.payload
      kid = result.protectedHeader.kid
    } catch (cause) {
      if (cause instanceof errors.JWTExpired) {
        throw new AppError('token_expired', 'The access token has ended: refresh it', { cause })
      }
      throw notValid(cause)
    }
    const claims = claimsSchema.safeParse(payload)
    if (!claims.success) throw notValid(claims.error)
    const endMs = claims.data.exp * 1_000
    return {
      claims: claims.data,
      untilMs: kid === signing.kid ? endMs : Math.min(endMs, previousEndMs),
    }
  }

  /** In the order in which they were read, so the old ones are in front. */
  const forgetOld = (): void => {
    for (const [sessionId, { untilMs }] of believed) {
      if (untilMs > steadyClock() && believed.size < believedMax) return
      believed.delete(sessionId)
    }
  }

  const accountOf = async (userId: string, sessionId: string): Promise<Account> => {
    const known = believed.get(sessionId)
    if (known && known.untilMs > steadyClock() && known.userId === userId) return known.account
    forgetOld()
    const fresh = {
      userId,
      account: readAccount(userId, sessionId),
      untilMs: steadyClock() + believedMs,
    }
    believed.delete(sessionId)
    believed.set(sessionId, fresh)
    try {
      return await fresh.account
    } catch (error) {
      if (believed.get(sessionId) === fresh) believed.delete(sessionId)
      throw error
    }
  }

  return {
    async issue({ userId, sessionId, ttlSeconds: ownTtl = ttlSeconds, use = 'api' }) {
      const { typ, audience } = marks[use]
      const issuedAt = Math.floor(clock() / 1_000)
      const token = await new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: 'HS256', kid: signing.kid, typ })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ownTtl)
        .sign(signing.key)
      return { token, expiresAtMs: (issuedAt + ownTtl) * 1_000 }
    },

    async verify(token, use = 'api') {
      const { sub, sid, exp } = await readClaims(token, use)
      return { ...(await accountOf(sub, sid)), expiresAtMs: exp * 1_000 }
    },

    forget(what) {
      if ('sessionId' in what) believed.delete(what.sessionId)
      else {
        for (const [sessionId, { userId }] of believed) {
          if (userId === what.userId) believed.delete(sessionId)
        }
      }
    },
  }
}
