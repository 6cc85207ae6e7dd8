import { randomInt } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { users } from '../db/schema.ts'
import type { Database } from '../http/context.ts'
import { AppError } from '../protocol/errors.ts'
import { limits } from '../protocol/limits.ts'
import { handleSchema, isStorable, lookalikeKey } from '../protocol/text.ts'
import { avatarColors, type Me } from '../protocol/users.ts'
import { toMe } from '../users/shape.ts'
import { handleTaken } from '../users/store.ts'
import { violatedIndex } from '../db/sql-errors.ts'
import { endSessions } from './end-sessions.ts'

export interface NewAccount {
  id: string
  email: string
  passwordHash: string
  name: string
  handle: string | undefined
}

export interface Account {
  me: Me
  passwordHash: string
}

interface NewPassword {
  userId: string
  /** Another change of the password since it was checked makes this one fail. */
  oldHash: string
  newHash: string
  keepSessionId: string
  at: Date
}

/** `ada`, `ada-2` … `ada-5`, then random numbers: the hundredth Ada must get in as well. */
const countedMax = 5
const triesMax = 30

/** Accounts: who can sign in. */
export function createAccountStore(db: Database) {
  const insert = async (account: NewAccount, handle: string, isFirst: boolean): Promise<Me> => {
    const [row] = await db
      .insert(users)
      .values({
        id: account.id,
        email: account.email,
        passwordHash: account.passwordHash,
        name: account.name,
        handle,
        handleKey: lookalikeKey(handle),
        avatarColor: Number.parseInt(account.id.slice(-4), 16) % avatarColors,
        role: isFirst ? 'owner' : 'member',
      })
      .returning()
    if (!row) throw new AppError('internal', 'The account was not stored')
    return toMe(row)
  }

  const hasUsers = async (): Promise<boolean> => {
    const [row] = await db
      .select({ one: sql`1` })
      .from(users)
      .limit(1)
    return row !== undefined
  }

  return {
    hasUsers,

    /**
     * The first account is the owner's; of two first ones at once the index lets one be it, and
     * where registration is closed the other is refused.
     */
    async create(account: NewAccount, { isOpen }: { isOpen: boolean }): Promise<Me> {
      let isFirst = !(await hasUsers())
      const wanted = account.handle ?? handleFrom(account.name, account.email)
      for (let attempt = 0; attempt < triesMax; attempt += 1) {
        if (!isFirst && !isOpen) throw registrationClosed()
        const handle = numbered(wanted, attempt)
        try {
          return await insert(account, handle, isFirst)
        } catch (error) {
          const index = violatedIndex(error)
          if (index === 'users_one_owner') isFirst = false
          else if (index === 'users_email') throw emailTaken(error)
          else if (!index?.startsWith('users_handle')) throw error
          else if (account.handle !== undefined) throw handleTaken(error)
        }
      }
      throw new AppError('conflict', 'No free handle was found: choose one')
    },

    async byEmail(email: string): Promise<Account | undefined> {
      // Sign-in takes any text as an address; Postgres takes no NUL (security 39).
      if (!isStorable(email)) return undefined
      const [row] = await db.select().from(users).where(eq(users.email, email))
      return row && { me: toMe(row), passwordHash: row.passwordHash }
    },

    async byId(userId: string): Promise<Account | undefined> {
      const [row] = await db.select().from(users).where(eq(users.id, userId))
      return row && { me: toMe(row), passwordHash: row.passwordHash }
    },

    /**
     * Changes the password and ends every other session in one step (security 12); answers the ids
     * of those that ended, or null when the password is no longer the one that was checked.
     */
    changePassword: ({ userId, oldHash, newHash, keepSessionId, at }: NewPassword) =>
      db.transaction(async (tx): Promise<string[] | null> => {
        const changed = await tx
          .update(users)
          .set({ passwordHash: newHash })
          .where(and(eq(users.id, userId), eq(users.passwordHash, oldHash)))
          .returning({ id: users.id })
        if (changed.length === 0) return null
        return endSessions(tx, at, { userId, allBut: keepSessionId })
      }),
  }
}

export const registrationClosed = (): AppError =>
  new AppError('registration_closed', 'New accounts are closed here')

function numbered(handle: string, attempt: number): string {
  if (attempt === 0) return handle
  const number = attempt < countedMax ? attempt + 1 : randomInt(100, 100_000)
  return `${handle.slice(0, limits.handleChars - 6)}-${number}`
}

// Without mail there is no other way to tell the owner of the address; SECURITY.md says what it tells a stranger.
const emailTaken = (cause: unknown): AppError =>
  new AppError('email_taken', 'There is an account with this e-mail address', {
    cause,
    fields: [{ field: 'email', message: 'has an account: sign in instead' }],
  })

/** `Grace Hopper` → `grace-hopper`; a name without Latin letters falls back to the e-mail address. */
export function handleFrom(name: string, email: string): string {
  for (const source of [name, email.split('@')[0] ?? '']) {
    const plain = source
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, limits.handleChars)
      .replace(/-+$/, '')
    const parsed = handleSchema.safeParse(plain)
    if (parsed.success) return parsed.data
  }
  return 'member'
}
