import postgres from 'postgres'
import { type RivalChat, type RivalPost, chatOf, createSeqs } from './chat.ts'

/** How a rival reaches the embedded Postgres, and which table is its own. */
const settings = JSON.parse(process.env['BENCH_DATABASE'] ?? '{}') as {
  connection: { username: string; database: string; path?: string; host?: string; port?: number }
  table: string
}

export interface RivalStore {
  /** One INSERT, awaited. */
  add: (post: RivalPost) => Promise<RivalChat>
  /** The newest fifty before `before`, oldest first. */
  page: (roomId: string, before: number) => Promise<RivalChat[]>
}

const columns = ['id', 'roomId', 'seq', 'cid', 'message', 'createdAt'] as const

/** The table, made anew; it starts with the chats that Parley has. */
export async function openStore(): Promise<RivalStore> {
  const sql = postgres({ ...settings.connection, max: 10, onnotice: () => {} })
  const table = sql(settings.table)
  await sql`drop table if exists ${table}`
  await sql`
    create table ${table} as
    select id, room_id as "roomId", seq, cid, message, created_at as "createdAt" from chats`
  await sql`alter table ${table} add primary key (id)`
  await sql`create unique index on ${table} ("roomId", seq)`
  await sql`analyze ${table}`
  const heads = await sql<{ roomId: string; seq: string }[]>`
    select "roomId", max(seq) as seq from ${table} group by "roomId"`
  const nextSeq = createSeqs(new Map(heads.map(({ roomId, seq }) => [roomId, Number(seq)])))

  return {
    async add(post) {
      const chat = chatOf(post, nextSeq(post.roomId))
      await sql`insert into ${table} ${sql(chat, columns)}`
      return chat
    },
    async page(roomId, before) {
      const rows = await sql<(RivalPost & { id: string; seq: string; createdAt: Date })[]>`
        select * from ${table} where "roomId" = ${roomId} and seq < ${before}
        order by seq desc limit 50`
      return rows.toReversed().map((row) => ({
        ...chatOf(row, Number(row.seq)),
        id: row.id,
        createdAt: row.createdAt.toISOString(),
      }))
    },
  }
}
