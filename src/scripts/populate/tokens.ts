import type postgres from 'postgres'
import type { AccessTokens } from '../../auth/access-token.ts'

interface TokenOptions {
  sql: postgres.Sql
  tokens: Pick<AccessTokens, 'issue'>
  newId: () => string
  ttlSeconds: number
}

/** A session and an access token for each user, in their order. */
export async function openTokens(
  { sql, tokens, newId, ttlSeconds }: TokenOptions,
  users: { id: string }[],
): Promise<string[]> {
  const sessions = users.map(({ id }) => ({ id: newId(), userId: id }))
  await sql`
    insert into sessions (id, user_id, user_agent, expires_at)
    select id, user_id, 'populate', now() + make_interval(secs => ${ttlSeconds})
    from unnest(
      ${sessions.map(({ id }) => id)}::uuid[], ${sessions.map(({ userId }) => userId)}::uuid[]
    ) as made (id, user_id)`
  const issued = await Promise.all(
    sessions.map(({ id, userId }) => tokens.issue({ userId, sessionId: id, ttlSeconds })),
  )
  return issued.map(({ token }) => token)
}
