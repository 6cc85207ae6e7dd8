import type { users } from '../db/schema.ts'
import type { Me, User } from '../protocol/users.ts'

type UserRow = typeof users.$inferSelect

/** What every signed-in user may see of a person (security 29). */
export const toUser = ({
  id,
  handle,
  name,
  avatarColor,
  avatarId,
}: Pick<UserRow, 'id' | 'handle' | 'name' | 'avatarColor'> & {
  avatarId?: string | null | undefined
}): User => ({
  id,
  handle,
  name,
  avatarColor,
  ...(avatarId && { avatarId }),
})

export const toMe = (row: UserRow): Me => ({
  ...toUser(row),
  email: row.email,
  role: row.role,
  createdAt: row.createdAt.toISOString(),
})
