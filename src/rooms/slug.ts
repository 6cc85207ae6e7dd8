import type { AnySql } from '../chats/chat-row.ts'
import { slugOf } from '../protocol/text.ts'

/**
 * An address that no other room has, made from `name`: `rust`, else `rust-2`, `rust-3` … Another
 * writer may take it before the commit; the unique index tells, and the caller tries again.
 */
export async function freeSlug(sql: AnySql, name: string, roomId: string): Promise<string> {
  // Cutting to length may have cut a letter of two units in half.
  const base =
    slugOf(name)
      .replace(/\p{Surrogate}/gu, '')
      .replace(/-+$/, '') || 'room'
  const candidates = [base, ...Array.from({ length: 50 }, (_, n) => `${base}-${n + 2}`)]
  const taken = await sql<{ slug: string }[]>`
    select slug from rooms where slug = any (${candidates}) and id <> ${roomId}`
  const slugs = new Set(taken.map((room) => room.slug))
  return candidates.find((slug) => !slugs.has(slug)) ?? `${base}-${roomId}`
}
