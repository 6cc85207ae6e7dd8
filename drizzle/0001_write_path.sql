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
  -- stored, dup, cid_conflict, not_found, not_member, room_archived, or twin: an earlier post of
  -- this batch has the same sender and cid, so ask again once that one is settled
  status text,
  id uuid, seq bigint, rev bigint, message text, mentions uuid[],
  created_at timestamptz, edited_at timestamptz, deleted_at timestamptz
)
language plpgsql
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  perform 1 from rooms where rooms.id = any (p_rooms) order by rooms.id for no key update;

  return query
  with posts as (
    select p.ord::int, p.id, p.room_id, p.sender_id, p.cid, p.message, p.handles,
      row_number() over (partition by p.sender_id, p.cid order by p.ord) as nth_of_cid
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
        when posts.nth_of_cid > 1 then 'twin'
        else 'stored'
      end as status
    from posts
    left join rooms on rooms.id = posts.room_id
    left join members on members.room_id = posts.room_id and members.user_id = posts.sender_id
    left join chats old on old.sender_id = posts.sender_id and old.cid = posts.cid
  ),
  -- numbers only the stored ones: 1, 2, 3 … in each room, in the order they came
  placed as (
    select judged.*,
      count(*) filter (where judged.status = 'stored')
        over (partition by judged.room_id order by judged.ord) as place,
      coalesce(mentioned.ids, '{}') as new_mentions,
      date_trunc('milliseconds', clock_timestamp()) as now
    from judged
    left join lateral (
      select array_agg(users.id order by users.id) as ids
      from users
      join members on members.user_id = users.id and members.room_id = judged.room_id
      where judged.status = 'stored' and judged.handles <> ''
        and users.handle = any (string_to_array(judged.handles, ','))
    ) mentioned on true
  ),
  inserted as (
    insert into chats (id, room_id, seq, rev, kind, sender_id, cid, message, mentions, created_at)
    select placed.id, placed.room_id, placed.last_seq + placed.place, placed.head + placed.place,
      'text', placed.sender_id, placed.cid, placed.message, placed.new_mentions, placed.now
    from placed where placed.status = 'stored'
  ),
  counted as (
    update rooms
    set head = rooms.head + news.n, last_seq = rooms.last_seq + news.n,
      last_main_seq = rooms.last_seq + news.n, last_chat_at = news.at
    from (
      select placed.room_id, count(*) as n, max(placed.now) as at
      from placed where placed.status = 'stored' group by placed.room_id
    ) news
    where rooms.id = news.room_id
  ),
  told as (
    insert into mentions (user_id, room_id, seq)
    select unnest(placed.new_mentions), placed.room_id, placed.last_seq + placed.place
    from placed where placed.new_mentions <> '{}'
  )
  -- of a stored one the caller knows the id and the message: they do not travel back
  select placed.ord, placed.status,
    placed.old_id,
    coalesce(placed.old_seq, placed.last_seq + placed.place),
    coalesce(placed.old_rev, placed.head + placed.place),
    placed.old_message,
    nullif(coalesce(placed.old_mentions, placed.new_mentions), '{}'),
    coalesce(placed.old_created_at, placed.now),
    placed.old_edited_at, placed.old_deleted_at
  from placed
  order by placed.ord;
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
  -- the row as it is now, when it changed or was so already (a retry); else nulls
  seq bigint, rev bigint, sender_id uuid, cid text, message text, mentions uuid[],
  created_at timestamptz, edited_at timestamptz, deleted_at timestamptz
)
language plpgsql
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  v_room rooms%rowtype;
  v_role text;
  v_chat chats%rowtype;
  v_mentions uuid[] := '{}';
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
  select * into v_room from rooms where rooms.id = p_room for no key update;
  select members.role into v_role from members where members.room_id = p_room and members.user_id = p_actor;
  select * into v_chat from chats where chats.id = p_chat and chats.room_id = p_room;

  status := case
    when v_room.id is null or v_role is null or v_chat.id is null then 'not_found'
    when v_chat.kind <> 'text' then 'forbidden'
    -- nobody puts words into another's mouth; owners and admins may take them down
    when v_chat.sender_id <> p_actor and (p_message is not null or v_role = 'member') then 'forbidden'
    when v_room.archived_at is not null then 'room_archived'
    when v_chat.deleted_at is not null then case when p_message is null then 'unchanged' else 'not_found' end
    when v_chat.message = p_message then 'unchanged'
    else 'changed'
  end;
  if status = 'unchanged' then
    return query
    select status, chats.seq, chats.rev, chats.sender_id, chats.cid, chats.message, chats.mentions,
      chats.created_at, chats.edited_at, chats.deleted_at
    from chats where chats.id = p_chat;
    return;
  elsif status <> 'changed' then
    return next; return;
  end if;

  if p_message is not null and p_handles <> '' then
    select coalesce(array_agg(users.id order by users.id), '{}') into v_mentions
    from users
    join members on members.user_id = users.id and members.room_id = p_room
    where users.handle = any (string_to_array(p_handles, ','));
  end if;

  update rooms set head = head + 1 where rooms.id = p_room;
  delete from mentions
  where mentions.room_id = p_room and mentions.seq = v_chat.seq
    and mentions.user_id = any (v_chat.mentions) and mentions.user_id <> all (v_mentions);
  insert into mentions (user_id, room_id, seq)
  select unnest(v_mentions), p_room, v_chat.seq on conflict do nothing;

  return query
  update chats
  set rev = v_room.head + 1, message = coalesce(p_message, ''), mentions = v_mentions,
    edited_at = case when p_message is null then chats.edited_at else v_now end,
    deleted_at = case when p_message is null then v_now end
  where chats.id = p_chat
  returning 'changed', chats.seq, chats.rev, chats.sender_id, chats.cid, chats.message, chats.mentions,
    chats.created_at, chats.edited_at, chats.deleted_at;
end
$$;
