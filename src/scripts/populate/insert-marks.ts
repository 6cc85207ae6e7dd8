import type postgres from 'postgres'
import type { Plan } from './plan.ts'

/** One in this many chats is kept by somebody for later. */
const savedEvery = 300

/** What hangs on the chats that `insertChats` wrote in this transaction: mentions, followed threads, earlier words. */
export async function insertMarks(
  tx: postgres.TransactionSql,
  { people, places, members, isLively }: Plan,
): Promise<void> {
  const roomIds = places.map(({ id }) => id)
  const userIds = people.map(({ id }) => id)
  await tx`
    insert into mentions (user_id, room_id, seq, at)
    select unnest(mentions), room_id, seq, created_at from chats
    where room_id = any (${roomIds}::uuid[]) and mentions <> '{}'`
  if (!isLively) return
  await tx`
    insert into room_mentions (room_id, seq, at)
    select room_id, seq, created_at from chats
    where room_id = any (${roomIds}::uuid[]) and extras ->> 'everyone' = 'room'`
  // Who takes part follows and has read up to the own reply; of those who began one, half have read it all.
  await tx`
    insert into thread_follows (user_id, thread_id, room_id, read_seq)
    select user_id, thread_id, room_id, max(read_seq)
    from (
      select sender_id, thread_id, room_id, seq from chats
      where room_id = any (${roomIds}::uuid[]) and thread_id is not null
      union all
      select sender_id, id, room_id,
        case when seq % 2 = 0 then (extras #>> '{thread,lastSeq}')::bigint else seq end
      from chats where room_id = any (${roomIds}::uuid[]) and extras ? 'thread'
      union all
      select unnest(mentions), thread_id, room_id, seq - 1 from chats
      where room_id = any (${roomIds}::uuid[]) and thread_id is not null and mentions <> '{}'
    ) as took_part (user_id, thread_id, room_id, read_seq)
    group by user_id, thread_id, room_id`
  await tx`
    insert into chat_edits (chat_id, rev, message, said_at)
    select id, rev, left(message, -length(' (mended)')), created_at from chats
    where room_id = any (${roomIds}::uuid[]) and edited_at is not null`
  await tx`
    insert into saved_chats (user_id, chat_id, room_id, saved_at)
    select (${userIds}::uuid[])[1 + (first + b % ${members}) % ${people.length}], id, room_id, at
    from said where is_text and a % ${savedEvery} = 4`
}
