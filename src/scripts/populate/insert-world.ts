import type postgres from 'postgres'
import type { Plan } from './plan.ts'
import { ends, middles, openings } from './texts.ts'

export interface InsertOptions {
  passwordHash: string
  nowMs: number
  /** The chats are spread over this many days before now. */
  days: number
}

const dayMs = 86_400_000
/** One in this many chats mentions somebody. */
const mentionEvery = 20

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
    await tx`
      insert into mentions (user_id, room_id, seq)
      select unnest(mentions), room_id, seq from chats
      where room_id = any (${plan.places.map(({ id }) => id)}::uuid[]) and mentions <> '{}'`
  })
  await sql`analyze users, rooms, members, chats, mentions`
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
      ${start}::timestamptz, ${members} + texts, ${members} + texts,
      case when texts > 0 then ${members} + texts else 0 end, ${members}, null
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

const insertChats = async (
  tx: postgres.TransactionSql,
  { people, places, members }: Plan,
  start: string,
  days: number,
): Promise<void> => {
  const userIds = people.map(({ id }) => id)
  const handles = people.map(({ handle }) => handle)
  const roomIds = places.map(({ id }) => id)
  await tx`
    insert into chats (id, room_id, seq, rev, kind, sender_id, cid, message, event, mentions, created_at)
    select id, room_id, seq, seq, case when is_text then 'text' else 'system' end,
      (${userIds}::uuid[])[1 + (first + speaker) % ${people.length}], id::text,
      case when not is_text then '' else
        case when mentioned is null then ''
          else '@' || (${handles}::text[])[1 + (first + mentioned) % ${people.length}] || ' ' end
        || (${openings}::text[])[1 + a % ${openings.length}]
        || (${middles}::text[])[1 + b % ${middles.length}]
        || (${ends}::text[])[1 + (a / 16) % ${ends.length}]
      end,
      case when is_text then null
        else jsonb_build_object('type', case when seq = 1 then 'created' else 'joined' end) end,
      case when mentioned is null then '{}'::uuid[]
        else array[(${userIds}::uuid[])[1 + (first + mentioned) % ${people.length}]] end,
      at
    from (
      select room_id, seq, first, a, b, is_text, at, speaker,
        case when is_text and ${members}::int > 1 and b % ${mentionEvery} = 0
          then (speaker + 1 + a % (${members}::int - 1)) % ${members} end as mentioned,
        -- a UUIDv7 of the chat's own time
        (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7'
          || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid as id
      from (
        select made.id as room_id, seq, made.index::bigint * ${members} as first, a, b,
          seq > ${members} as is_text,
          -- few people say most
          case when seq <= ${members} then seq - 1
            else (a % ${members})::bigint * (b % ${members}) / ${members} end as speaker,
          -- talk comes in bursts of eight
          date_trunc('milliseconds', ${start}::timestamptz + make_interval(secs =>
            ${days * 86_400}::float8 * (seq - seq % 8) / (made.texts + ${members} + 1)
            + seq % 8 * least(20, ${days * 86_400}::float8 / (made.texts + ${members} + 1)))) as at
        from unnest(${roomIds}::uuid[], ${places.map(({ index }) => index)}::int[],
          ${places.map(({ texts }) => texts)}::int[]) as made (id, index, texts)
        cross join lateral generate_series(1, ${members}::int + made.texts) as seq
        cross join lateral (
          select hashint8(made.index::bigint * 1000003 + seq) & 2147483647 as a,
            hashint8(-(made.index::bigint * 1000033 + seq)) & 2147483647 as b
        ) as dice
      ) as said
    ) as chat`
  await tx`
    update rooms set last_chat_at = newest.created_at
    from chats newest
    where rooms.id = any (${roomIds}::uuid[])
      and newest.room_id = rooms.id and newest.seq = rooms.last_seq`
}
