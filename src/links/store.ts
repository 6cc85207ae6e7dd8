import type { Sql } from 'postgres'
import type { LinkPreview } from '../protocol/links.ts'

/** What is kept about an address: all of a preview but how the chat wrote it. */
export type KeptPreview = Omit<LinkPreview, 'url'>

const freshSeconds = 24 * 60 * 60
/** A site that was down or slow is asked again soon. */
const emptyFreshSeconds = 10 * 60

/** The preview of an address; null when there is nothing to show, undefined when it is not known or old. */
export async function cachedPreview(
  sql: Sql,
  url: string,
): Promise<KeptPreview | null | undefined> {
  const [row] = await sql<{ preview: KeptPreview | null }[]>`
    select preview from link_previews
    where url = ${url} and fetched_at > now() - make_interval(secs =>
      case when preview is null then ${emptyFreshSeconds}::int else ${freshSeconds}::int end)`
  return row?.preview
}

export async function keepPreview(
  sql: Sql,
  url: string,
  preview: KeptPreview | null,
): Promise<void> {
  const kept = preview === null ? null : JSON.stringify(preview)
  await sql`
    insert into link_previews (url, preview) values (${url}, ${kept}::text::jsonb)
    on conflict (url) do update set preview = excluded.preview, fetched_at = now()`
}

/** Lets go of what nobody would be shown any more. */
export const forgetOldPreviews = (sql: Sql) => sql`
  delete from link_previews where fetched_at < now() - make_interval(secs => ${freshSeconds}::int)`

/** What a chat says now; null when it is gone. */
export async function messageOf(sql: Sql, chatId: string): Promise<string | null> {
  const [row] = await sql<{ message: string }[]>`
    select message from chats where id = ${chatId} and deleted_at is null`
  return row?.message ?? null
}
