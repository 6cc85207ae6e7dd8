import { and, eq, isNull, ne } from 'drizzle-orm'
import { sessions } from '../db/schema.ts'
import type { Database } from '../http/context.ts'

type Which = { userId: string; only: string } | { userId: string; allBut: string }

/** Marks sessions of a user as revoked; answers the ids of those that lived. `db` may be a transaction. */
export async function endSessions(
  db: Pick<Database, 'update'>,
  at: Date,
  which: Which,
): Promise<string[]> {
  const named = 'only' in which ? eq(sessions.id, which.only) : ne(sessions.id, which.allBut)
  const ended = await db
    .update(sessions)
    .set({ revokedAt: at })
    .where(and(eq(sessions.userId, which.userId), named, isNull(sessions.revokedAt)))
    .returning({ id: sessions.id })
  return ended.map(({ id }) => id)
}
