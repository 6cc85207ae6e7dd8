import type { Sql } from 'postgres'
import type { UserSettings } from '../protocol/settings.ts'

export async function settingsOf(sql: Sql, userId: string): Promise<UserSettings> {
  const [row] = await sql<{ settings: UserSettings }[]>`
    select settings from user_settings where user_id = ${userId}`
  return row?.settings ?? {}
}

/** Sets what is named in `change`, and leaves the rest. */
export async function changeSettings(
  sql: Sql,
  userId: string,
  change: UserSettings,
): Promise<UserSettings> {
  // JSON leaves out what is undefined.
  const [row] = await sql<{ settings: UserSettings }[]>`
    insert into user_settings (user_id, settings)
    values (${userId}, ${JSON.stringify(change)}::text::jsonb)
    on conflict (user_id) do update set settings = user_settings.settings || excluded.settings
    returning settings`
  return row?.settings ?? {}
}
