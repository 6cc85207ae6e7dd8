-- The write path: one round trip a batch (rules WQ1 to WQ6 of src/protocol/README.md).
-- Every statement of a plpgsql function sees a snapshot of its own, so what follows the lock sees
-- all that earlier writers of those rooms committed.
-- A batch is at most 500 rows looked up by key: nested loops over indexes are always right here,
-- also while the statistics of a young database say otherwise, hence the settings.
insert into meta default values on conflict do nothing;
--> statement-breakpoint
create function commit_posts(
  p_ids uuid[], p_rooms uuid[], p_senders uuid[], p_cids text[], p_messages text[],
  -- the @handles of each message, joined by commas
  p_handles text[]
) returns table (
  ord int,
  -- stored, dup, twin (of an earlier ord of this batch), cid_conflict, not_found, not_member, room_archived
  status text,
  twin_of int,
  id uuid, seq bigint, rev bigint, message text, mentions uuid[],
  created_at timestamptz, edited_at timestamptz, deleted_at timestamptz
)
language plpgsql
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
begin
  perform 1 from rooms where rooms.id = any (p_rooms) order by rooms.id for no key update;

  return query
  with posts as (
    select p.ord::int, p.id, p.room_id, p.sender_id, p.cid, p.message, p.handles,
      (min(p.ord) over (partition by p.sender_id, p.cid))::int as first_ord
    from unnest(p_ids, p_rooms, p_senders, p_cids, p_messages, p_handles)
      with ordinality as p (id, room_id, sender_id, cid, message, handles, ord)
  ),
  judged as (
    select posts.*,
      rooms.last_seq, rooms.head,
      old.id as old_id, old.seq as old_seq, old.rev as old_rev, old.message as old_message,
      old.mentions as old_mentions, old.created_at as old_created_at,
      old.edited_at as old_edited_at, old.deleted_at as old_deleted_at,
      case
        when old.id is not null and (
          old.room_id <> posts.room_id or old.kind <> 'text'
          -- an edit or a deletion took the original text away: then cid and room must do
          or (old.message <> posts.message and old.edited_at is null and old.deleted_at is null)
        ) then 'cid_conflict'
        when old.id is not null then 'dup'
        when rooms.id is null or (members.user_id is null and rooms.kind <> 'public') then 'not_found'
        when members.user_id is null then 'not_member'
        when rooms.archived_at is not null then 'room_archived'
        when posts.ord <> posts.first_ord then 'twin'
        else 'stored'
      end as status
    from posts
    left join rooms on rooms.id = posts.room_id
    left join members on members.room_id = posts.room_id and members.user_id = posts.sender_id
    left join chats old on old.sender_id = posts.sender_id and old.cid = posts.cid
  ),
  fresh as (
    select judged.ord, judged.id, judged.room_id, judged.sender_id, judged.cid, judged.message,
      judged.last_seq + row_number() over places as seq,
      judged.head + row_number() over places as rev,
      coalesce(mentioned.ids, '{}') as mentions,
      date_trunc('milliseconds', clock_timestamp()) as created_at
    from judged
    left join lateral (
      select array_agg(users.id order by users.id) as ids
      from users
      join members on members.user_id = users.id and members.room_id = judged.room_id
      where judged.handles <> '' and users.handle = any (string_to_array(judged.handles, ','))
    ) mentioned on true
    where judged.status = 'stored'
    window places as (partition by judged.room_id order by judged.ord)
  ),
  inserted as (
    insert into chats (id, room_id, seq, rev, kind, sender_id, cid, message, mentions, created_at)
    select fresh.id, fresh.room_id, fresh.seq, fresh.rev, 'text', fresh.sender_id, fresh.cid,
      fresh.message, fresh.mentions, fresh.created_at
    from fresh
  ),
  counted as (
    update rooms
    set head = rooms.head + news.n, last_seq = rooms.last_seq + news.n,
      last_main_seq = rooms.last_seq + news.n, last_chat_at = news.at
    from (
      select fresh.room_id, count(*) as n, max(fresh.created_at) as at from fresh group by fresh.room_id
    ) news
    where rooms.id = news.room_id
  ),
  told as (
    insert into mentions (user_id, room_id, seq)
    select unnest(fresh.mentions), fresh.room_id, fresh.seq from fresh where fresh.mentions <> '{}'
  )
  select judged.ord, judged.status, judged.first_ord,
    coalesce(fresh.id, judged.old_id), coalesce(fresh.seq, judged.old_seq),
    coalesce(fresh.rev, judged.old_rev), coalesce(fresh.message, judged.old_message),
    coalesce(fresh.mentions, judged.old_mentions), coalesce(fresh.created_at, judged.old_created_at),
    judged.old_edited_at, judged.old_deleted_at
  from judged
  left join fresh on fresh.ord = judged.ord
  order by judged.ord;
end
$$;
--> statement-breakpoint
create function commit_edit(
  p_room uuid, p_chat uuid, p_actor uuid,
  -- null deletes
  p_message text,
  p_handles text
) returns table (
  -- changed, unchanged, not_found, forbidden, room_archived
  status text,
  id uuid
)
language plpgsql
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  v_room rooms%rowtype;
  v_role text;
  v_chat chats%rowtype;
  v_mentions uuid[] := '{}';
begin
  select * into v_room from rooms where rooms.id = p_room for no key update;
  select members.role into v_role from members where members.room_id = p_room and members.user_id = p_actor;
  select * into v_chat from chats where chats.id = p_chat and chats.room_id = p_room;

  if v_room.id is null or v_role is null or v_chat.id is null then
    return query select 'not_found', p_chat; return;
  elsif v_chat.kind <> 'text' then
    return query select 'forbidden', p_chat; return;
  -- nobody puts words into another's mouth; owners and admins may take them down
  elsif v_chat.sender_id <> p_actor and (p_message is not null or v_role = 'member') then
    return query select 'forbidden', p_chat; return;
  elsif v_room.archived_at is not null then
    return query select 'room_archived', p_chat; return;
  elsif v_chat.deleted_at is not null then
    return query select case when p_message is null then 'unchanged' else 'not_found' end, p_chat; return;
  elsif v_chat.message = p_message then
    return query select 'unchanged', p_chat; return;
  end if;

  if p_message is not null and p_handles <> '' then
    select coalesce(array_agg(users.id order by users.id), '{}') into v_mentions
    from users
    join members on members.user_id = users.id and members.room_id = p_room
    where users.handle = any (string_to_array(p_handles, ','));
  end if;

  update rooms set head = head + 1 where rooms.id = p_room;
  update chats
  set rev = v_room.head + 1, message = coalesce(p_message, ''), mentions = v_mentions,
    edited_at = case when p_message is null then edited_at else date_trunc('milliseconds', clock_timestamp()) end,
    deleted_at = case when p_message is null then date_trunc('milliseconds', clock_timestamp()) end
  where chats.id = p_chat;
  delete from mentions where room_id = p_room and seq = v_chat.seq and user_id <> all (v_mentions);
  insert into mentions (user_id, room_id, seq)
  select unnest(v_mentions), p_room, v_chat.seq on conflict do nothing;

  return query select 'changed', p_chat;
end
$$;
