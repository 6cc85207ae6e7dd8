import type { Sql } from 'postgres'
import type { SearchResult } from '../protocol/search.ts'
import type { User } from '../protocol/users.ts'
import type { PostOp } from '../realtime/ports.ts'
import { addUser, castOf, chatIn, mustBeOk, newId, postOp } from '../rooms/testing.ts'
import { createIndexer } from './indexer.ts'
import { searchChats } from './search-chats.ts'

/** How a suite gets a Postgres of its own. */
export type OpenStore = () => Promise<{ sql: Sql; drop: () => Promise<void> }>

/** Three people who talk, an index that hears of it when it is told to, and what they find. */
export async function openSearchScene(openStore: OpenStore) {
  const { sql, drop } = await openStore()
  const cast = castOf(sql)
  const [ann, bob, cem] = [
    await addUser(sql, 'Ann'),
    await addUser(sql, 'Bob'),
    await addUser(sql, 'Cem'),
  ]
  const search = (user: User, query: string, more: { roomId?: string; cursor?: string } = {}) =>
    searchChats(sql, user.id, { query, ...more })
  return {
    sql,
    drop,
    cast,
    ann,
    bob,
    cem,
    search,
    /** All that was said since the last time. */
    index: async () => {
      const indexer = createIndexer({ sql, breathe: () => Promise.resolve() })
      while ((await indexer.step('all')).count > 0);
    },
    post: async (roomId: string, sender: User, message: string, more: Partial<PostOp> = {}) => {
      const [result] = await cast.log.commit([
        { ...postOp(roomId, sender, message, newId()), ...more },
      ])
      return chatIn(result)
    },
    edit: async (roomId: string, chatId: string, actor: User, message: string | null) => {
      const [result] = await cast.log.commit([{ kind: 'edit', roomId, chatId, actor, message }])
      mustBeOk(result)
    },
    /** The messages of the first page. */
    found: async (user: User, query: string, roomId?: string) => {
      const { results } = await search(user, query, roomId === undefined ? {} : { roomId })
      return results.map(({ chat }) => chat.message)
    },
    marked: ({ chat, highlights }: SearchResult) =>
      highlights.map(([from, to]) => chat.message.slice(from, to)),
  }
}

export type SearchScene = Awaited<ReturnType<typeof openSearchScene>>
