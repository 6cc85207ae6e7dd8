import { eq, sql } from 'drizzle-orm'
import { users } from '../db/schema.ts'
import type { Database } from '../http/context.ts'
import { AppError } from '../protocol/errors.ts'
import { limits } from '../protocol/limits.ts'
import { handleSchema, lookalikeKey } from '../protocol/text.ts'
import { avatarColors, type Me } from '../protocol/users.ts'
import { toMe } from '../users/shape.ts'
import { handleTaken } from '../users/store.ts'
import { violatedIndex } from '../users/violation.ts'

export interface NewAccount {
  id: string
  email: string
  passwordHash: string
  name: string
  handle: string | undefined
}

const triesMax = 50

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

    /** The first account is the owner's; of two first ones at once the index lets one be it. */
    async create(account: NewAccount): Promise<Me> {
      let isFirst = !(await hasUsers())
      const wanted = account.handle ?? handleFrom(account.name, account.email)
      for (let attempt = 0; attempt < triesMax; attempt += 1) {
        const handle =
          attempt === 0 ? wanted : `${wanted.slice(0, limits.handleChars - 4)}-${attempt + 1}`
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

    async byEmail(email: string): Promise<{ me: Me; passwordHash: string } | undefined> {
      const [row] = await db.select().from(users).where(eq(users.email, email))
      return row && { me: toMe(row), passwordHash: row.passwordHash }
    },

    async byId(userId: string): Promise<{ me: Me; passwordHash: string } | undefined> {
      const [row] = await db.select().from(users).where(eq(users.id, userId))
      return row && { me: toMe(row), passwordHash: row.passwordHash }
    },

    async setPassword(userId: string, passwordHash: string): Promise<void> {
      await db.update(users).set({ passwordHash }).where(eq(users.id, userId))
    },
  }
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
