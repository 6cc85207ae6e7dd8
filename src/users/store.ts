import { asc, eq, or, sql } from 'drizzle-orm'
import { users } from '../db/schema.ts'
import type { Database } from '../http/context.ts'
import { AppError } from '../protocol/errors.ts'
import { lookalikeKey } from '../protocol/text.ts'
import type { Me, User } from '../protocol/users.ts'
import { toMe, toUser } from './shape.ts'
import { violatedIndex } from '../db/sql-errors.ts'

export interface UserChange {
  name?: string | undefined
  handle?: string | undefined
  avatarColor?: number | undefined
}

const foundMax = 20

/** Queries about people. */
export function createUserStore(db: Database) {
  return {
    async me(userId: string): Promise<Me> {
      const [row] = await db.select().from(users).where(eq(users.id, userId))
      if (!row) throw new AppError('not_found', 'No such person')
      return toMe(row)
    },

    async find(userId: string): Promise<User> {
      const [row] = await db.select().from(users).where(eq(users.id, userId))
      if (!row) throw new AppError('not_found', 'No such person')
      return toUser(row)
    },

    /**
     * People whose handle, name or a later word of the name starts so, in order of name. The starts
     * have their indexes; the later words make it read every name, which 10,000 people bear.
     */
    async search(query: string): Promise<User[]> {
      const prefix = `${query.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
      const matches = or(
        sql`${users.handle} like ${prefix}`,
        sql`lower(${users.name}) like ${prefix}`,
        // A later word of a name: "hopper" finds Grace Hopper.
        query === '' ? undefined : sql`lower(${users.name}) like ${`% ${prefix}`}`,
      )
      const rows = await db
        .select()
        .from(users)
        .where(query === '' ? undefined : matches)
        .orderBy(asc(users.name), asc(users.id))
        .limit(foundMax)
      return rows.map(toUser)
    },

    async update(userId: string, { name, handle, avatarColor }: UserChange): Promise<Me> {
      const change = {
        ...(name !== undefined && { name }),
        ...(handle !== undefined && { handle, handleKey: lookalikeKey(handle) }),
        ...(avatarColor !== undefined && { avatarColor }),
      }
      if (Object.keys(change).length === 0) return this.me(userId)
      try {
        const [row] = await db.update(users).set(change).where(eq(users.id, userId)).returning()
        if (!row) throw new AppError('not_found', 'No such person')
        return toMe(row)
      } catch (error) {
        throw violatedIndex(error)?.startsWith('users_handle') ? handleTaken(error) : error
      }
    },
  }
}

export const handleTaken = (cause: unknown): AppError =>
  new AppError('handle_taken', 'This handle, or one that looks like it, is taken', {
    cause,
    fields: [{ field: 'handle', message: 'is taken, or looks like one that is' }],
  })
