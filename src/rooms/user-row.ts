import type { AnySql } from '../chats/chat-row.ts'
import type { User } from '../protocol/users.ts'

export interface UserRow {
  user_id: string
  handle: string
  user_name: string
  avatar_color: number
  avatar_id: string | null
}

/** For `from users`: what every signed-in user may see, and no more. */
export const userColumns = (sql: AnySql) =>
  sql`users.id as user_id, users.handle, users.name as user_name, users.avatar_color, users.avatar_id`

export const userOf = (row: UserRow): User => ({
  id: row.user_id,
  handle: row.handle,
  name: row.user_name,
  avatarColor: row.avatar_color,
  ...(row.avatar_id !== null && { avatarId: row.avatar_id }),
})
