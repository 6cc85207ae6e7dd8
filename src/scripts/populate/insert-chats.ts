import type postgres from 'postgres'
import type { Plan } from './plan.ts'
import { ends, middles, openings, reactions, wholes } from './texts.ts'

/** One in this many chats mentions somebody. */
const mentionEvery = 20

/** How often something happens in a lively world: once in so many chats. */
const every = { thread: 60, reaction: 9, quote: 15, edit: 40, pin: 400, everyone: 500, whole: 50 }
/** Replies of a thread stand at the third, fifth, seventh … place behind the chat that it hangs on. */
const firstReply = 3
const mostReplies = 8

/**
 * All chats of all rooms by two statements: what each one is goes into a table of this transaction,
 * which is then joined with itself, because a reply needs the id of what it answers. A chat that
 * changed after it was said (reacted to, edited, answered in a thread) has a rev past all first ones.
 */
export async function insertChats(
  tx: postgres.TransactionSql,
  plan: Plan,
  start: string,
  days: number,
): Promise<void> {
  await tx`set local work_mem = '128MB'`
  await planChats(tx, plan, start, days)
  await writeChats(tx, plan)
  const roomIds = plan.places.map(({ id }) => id)
  await tx`
    update rooms set
      last_chat_at = newest.created_at,
      head = greatest(rooms.head, (select max(rev) from chats where room_id = rooms.id)),
      last_main_seq = coalesce((
        select seq from chats
        where room_id = rooms.id and kind = 'text' and (thread_id is null or in_room)
        order by seq desc limit 1), 0)
    from chats newest
    where rooms.id = any (${roomIds}::uuid[])
      and newest.room_id = rooms.id and newest.seq = rooms.last_seq`
}

const planChats = async (
  tx: postgres.TransactionSql,
  { people, places, members, isLively }: Plan,
  start: string,
  days: number,
): Promise<void> => {
  const userIds = people.map(({ id }) => id)
  await tx`
    create temporary table said (
      id uuid, room_id uuid, seq bigint, last_seq bigint, first bigint, a int, b int, n bigint,
      is_text boolean, at timestamptz, sender_id uuid, mentioned bigint, root_seq bigint,
      quoted_seq bigint
    ) on commit drop`
  await tx`
    insert into said
    select
      -- a UUIDv7 of the chat's own time
      (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7'
        || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid,
      room_id, seq, last_seq, first, a, b, n, n > 0, at,
      (${userIds}::uuid[])[1 + (first + speaker) % ${people.length}],
      case when n > 0 and ${members}::int > 1 and b % ${mentionEvery} = 0
        then (speaker + 1 + a % (${members}::int - 1)) % ${members} end,
      case when ${isLively} and n > 0 and place >= ${firstReply} and (place - ${firstReply}) % 2 = 0
        and (place - ${firstReply}) / 2 <= (hashint8(seq - place) & 2147483647) % ${mostReplies}
        then seq - place end,
      -- what is not a reply of a thread itself: two behind a reply or at an even place
      case when ${isLively} and n > ${firstReply} and b % ${every.quote} = 1 and place % 2 = 0
        and place >= 2 then seq - 2 end
    from (
      select made.id as room_id, seq, ${members}::int + made.texts as last_seq,
        made.index::bigint * ${members} as first, a, b,
        seq - ${members} as n, (seq - ${members} - 1) % ${every.thread} as place,
        -- few people say most
        case when seq <= ${members} then seq - 1
          else (a % ${members})::bigint * (b % ${members}) / ${members} end as speaker,
        -- talk comes in bursts of eight
        date_trunc('milliseconds', ${start}::timestamptz + make_interval(secs =>
          ${days * 86_400}::float8 * (seq - seq % 8) / (made.texts + ${members} + 1)
          + seq % 8 * least(20, ${days * 86_400}::float8 / (made.texts + ${members} + 1)))) as at
      from unnest(
        ${places.map(({ id }) => id)}::uuid[], ${places.map(({ index }) => index)}::int[],
        ${places.map(({ texts }) => texts)}::int[]
      ) as made (id, index, texts)
      cross join lateral generate_series(1, ${members}::int + made.texts) as seq
      cross join lateral (
        select hashint8(made.index::bigint * 1000003 + seq) & 2147483647 as a,
          hashint8(-(made.index::bigint * 1000033 + seq)) & 2147483647 as b
      ) as dice
    ) as chat`
  await tx`analyze said`
}

const writeChats = (
  tx: postgres.TransactionSql,
  { people, members, isLively }: Plan,
): Promise<unknown> => {
  const userIds = people.map(({ id }) => id)
  const handles = people.map(({ handle }) => handle)
  return tx`
    insert into chats (id, room_id, seq, rev, kind, sender_id, cid, message, event, mentions,
      created_at, edited_at, thread_id, in_room, reply_to_id, extras)
    select said.id, said.room_id, said.seq,
      case when edited_at is not null or extras ?| '{thread,pinned,reactions}'
        then said.last_seq + said.seq else said.seq end,
      case when said.is_text then 'text' else 'system' end, said.sender_id, said.id::text,
      case when said.is_text then
        case when is_to_all then '@room ' when said.mentioned is null then ''
          else '@' || (${handles}::text[])[1 + (said.first + said.mentioned) % ${people.length}] || ' ' end
        || case when ${isLively} and said.b % ${every.whole} = 7
          then (${wholes}::text[])[1 + said.a % ${wholes.length}]
          else (${openings}::text[])[1 + said.a % ${openings.length}]
            || (${middles}::text[])[1 + said.b % ${middles.length}]
            || (${ends}::text[])[1 + (said.a / 16) % ${ends.length}] end
        || case when edited_at is null then '' else ' (mended)' end
      else '' end,
      case when said.is_text then null
        else jsonb_build_object('type', case when said.seq = 1 then 'created' else 'joined' end) end,
      case when said.mentioned is null or is_to_all then '{}'::uuid[]
        else array[(${userIds}::uuid[])[1 + (said.first + said.mentioned) % ${people.length}]] end,
      said.at, edited_at, root.id, root.id is not null and said.b % 10 = 0, quoted.id, extras
    from said
    left join said root on root.room_id = said.room_id and root.seq = said.root_seq
    left join said quoted on quoted.room_id = said.room_id and quoted.seq = said.quoted_seq
    left join (
      select room_id, root_seq, jsonb_build_object('count', sum(replies)::int,
        'lastSeq', max(last_seq), 'lastAt',
        to_char(max(last_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'userIds', to_jsonb((array_agg(sender_id order by last_seq desc))[1:5])) as summary
      from (
        select room_id, root_seq, sender_id, count(*) as replies, max(seq) as last_seq,
          max(at) as last_at
        from said where root_seq is not null group by room_id, root_seq, sender_id
      ) as spoke
      group by room_id, root_seq
    ) as threads on threads.room_id = said.room_id and threads.root_seq = said.seq
    cross join lateral (
      select ${isLively} and said.is_text as is_open,
        ${isLively} and said.is_text and said.b % ${every.everyone} = 11 as is_to_all
    ) as what
    cross join lateral (
      select case when is_open and said.a % ${every.edit} = 3 then said.at + interval '45 s' end as edited_at,
        nullif(jsonb_strip_nulls(jsonb_build_object(
          'thread', threads.summary,
          'everyone', case when is_to_all then 'room' end,
          'pinned', case when is_open and said.a % ${every.pin} = 5 then jsonb_build_object(
            'userId', said.sender_id,
            'at', to_char(said.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end,
          'reactions', case when is_open and said.a % ${every.reaction} = 0 then (
            select jsonb_agg(jsonb_build_object(
              'emoji', (${reactions}::text[])[1 + (said.b + k * 3) % ${reactions.length}],
              'userIds', (
                select jsonb_agg((${userIds}::uuid[])[1 + (said.first + (said.a / 9 + k + j) % ${members}) % ${people.length}])
                from generate_series(0, (said.a / 7 + k) % least(${members}::int, 6)) as j)))
            from generate_series(0, said.b % 3) as k) end)), '{}') as extras
    ) as more`
}
