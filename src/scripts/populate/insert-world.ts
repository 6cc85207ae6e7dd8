import type postgres from 'postgres'
import { insertChats } from './insert-chats.ts'
import { insertMarks } from './insert-marks.ts'
import type { Plan } from './plan.ts'

export interface InsertOptions {
  passwordHash: string
  nowMs: number
  /** The chats are spread over this many days before now. */
  days: number
}

const dayMs = 86_400_000

/** Writes the whole world in one transaction: it is there, or nothing of it is. */
export async function insertWorld(
  sql: postgres.Sql,
  plan: Plan,
  { passwordHash, nowMs, days }: InsertOptions,
): Promise<void> {
  const start = new Date(nowMs - days * dayMs).toISOString()
  await sql.begin(async (tx) => {
    await insertUsers(tx, plan, passwordHash, start)
    await insertRooms(tx, plan, start)
    await insertChats(tx, plan, start, days)
    await insertMarks(tx, plan)
  })
  await sql`
    analyze users, rooms, members, chats, mentions, room_mentions, thread_follows, chat_edits, saved_chats`
}

const insertUsers = (
  tx: postgres.TransactionSql,
  { people }: Plan,
  passwordHash: string,
  start: string,
) => tx`
  insert into users
    (id, email, password_hash, handle, handle_key, name, avatar_color, role, created_at)
  select id, email, ${passwordHash}, handle, handle_key, name, color,
    case when n = 1 and not exists (select from users where role = 'owner')
      then 'owner' else 'member' end,
    ${start}::timestamptz
  from unnest(
    ${people.map(({ id }) => id)}::uuid[], ${people.map(({ email }) => email)}::text[],
    ${people.map(({ handle }) => handle)}::text[],
    ${people.map(({ handleKey }) => handleKey)}::text[],
    ${people.map(({ name }) => name)}::text[],
    ${people.map(({ avatarColor }) => avatarColor)}::int[]
  ) with ordinality as made (id, email, handle, handle_key, name, color, n)`

/** A room's first chats tell of its making and its members, then come the texts. */
const insertRooms = async (
  tx: postgres.TransactionSql,
  { people, places, members }: Plan,
  start: string,
): Promise<void> => {
  const userIds = people.map(({ id }) => id)
  const roomIds = places.map(({ id }) => id)
  await tx`
    insert into rooms (id, kind, slug, name, name_key, topic, created_by, created_at,
      last_seq, head, last_main_seq, member_count, last_chat_at)
    select id, 'public', slug, name, name_key, topic,
      (${userIds}::uuid[])[1 + (index::bigint * ${members}) % ${people.length}],
      ${start}::timestamptz, ${members} + texts, ${members} + texts, 0, ${members}, null
    from unnest(
      ${roomIds}::uuid[], ${places.map(({ slug }) => slug)}::text[],
      ${places.map(({ name }) => name)}::text[], ${places.map(({ nameKey }) => nameKey)}::text[],
      ${places.map(({ topic }) => topic)}::text[], ${places.map(({ index }) => index)}::int[],
      ${places.map(({ texts }) => texts)}::int[]
    ) as made (id, slug, name, name_key, topic, index, texts)`
  await tx`
    insert into members (room_id, user_id, role, read_seq, joined_at)
    select rooms.id, (${userIds}::uuid[])[1 + (made.index::bigint * ${members} + k) % ${people.length}],
      case when k = 0 then 'owner' else 'member' end,
      -- two of three are a little behind
      rooms.last_seq - case when k % 3 = 0 then 0 else least(rooms.last_seq, k * 7 % 30) end,
      ${start}::timestamptz
    from unnest(${roomIds}::uuid[], ${places.map(({ index }) => index)}::int[]) as made (id, index)
    join rooms on rooms.id = made.id
    cross join generate_series(0, ${members - 1}::int) as k`
}
