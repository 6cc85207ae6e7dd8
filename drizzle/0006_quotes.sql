CREATE INDEX "chats_reply_to" ON "chats" USING btree ("reply_to_id") WHERE reply_to_id is not null;
--> statement-breakpoint
-- A quote is part of the row that quotes: when its source changes, so does the row, with a rev of its own.
-- Else what was taken down would be read on in what answered it.
create or replace function commit_edit(
  p_room uuid, p_chat uuid, p_actor uuid,
  -- null deletes
  p_message text,
  p_handles text
) returns text -- changed, unchanged, not_found, forbidden, room_archived, empty
language plpgsql
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_room rooms%rowtype;
  v_role text;
  v_chat chats%rowtype;
  v_mentions uuid[] := '{}';
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_status text;
  v_changed int := 1;
  v_quotes int;
begin
  select * into v_room from rooms where rooms.id = p_room for no key update;
  select members.role into v_role from members where members.room_id = p_room and members.user_id = p_actor;
  select * into v_chat from chats where chats.id = p_chat and chats.room_id = p_room;
  v_status := case
    when v_room.id is null or v_role is null or v_chat.id is null then 'not_found'
    when v_chat.kind <> 'text' then 'forbidden'
    -- nobody puts words into another's mouth; owners and admins may take them down
    when v_chat.sender_id <> p_actor and (p_message is not null or v_role = 'member') then 'forbidden'
    when v_room.archived_at is not null then 'room_archived'
    when v_chat.deleted_at is not null then case when p_message is null then 'unchanged' else 'not_found' end
    when btrim(p_message, E' \t\n\r') = '' and not coalesce(v_chat.extras ? 'files', false) then 'empty'
    when v_chat.message = p_message then 'unchanged'
    else 'changed'
  end;
  if v_status <> 'changed' then return v_status; end if;

  if p_message is not null and p_handles <> '' then
    select coalesce(array_agg(users.id order by users.id), '{}') into v_mentions
    from users
    join members on members.user_id = users.id and members.room_id = p_room
    where users.handle = any (string_to_array(p_handles, ','));
  end if;
  delete from mentions
  where mentions.room_id = p_room and mentions.seq = v_chat.seq
    and mentions.user_id = any (v_chat.mentions) and mentions.user_id <> all (v_mentions);
  insert into mentions (user_id, room_id, seq)
  select unnest(v_mentions), p_room, v_chat.seq on conflict do nothing;

  if p_message is null then
    -- What was taken down is gone: its earlier words too, and what people set on it.
    delete from chat_edits where chat_edits.chat_id = p_chat;
    delete from saved_chats where saved_chats.chat_id = p_chat;
    delete from room_mentions where room_mentions.room_id = p_room and room_mentions.seq = v_chat.seq;
    delete from files where files.chat_id = p_chat;
  else
    insert into chat_edits (chat_id, rev, message, said_at)
    values (p_chat, v_room.head + 1, v_chat.message, coalesce(v_chat.edited_at, v_chat.created_at));
  end if;
  update chats
  set rev = v_room.head + 1, message = coalesce(p_message, ''), mentions = v_mentions,
    edited_at = case when p_message is null then chats.edited_at else v_now end,
    deleted_at = case when p_message is null then v_now end,
    extras = case when p_message is null
      then nullif(jsonb_strip_nulls(jsonb_build_object('thread', chats.extras -> 'thread')), '{}')
      -- other words, other links
      else nullif(chats.extras - 'links', '{}') end
  where chats.id = p_chat;
  if p_message is null and v_chat.thread_id is not null then
    v_changed := 2;
    update chats
    set rev = v_room.head + 2,
      extras = jsonb_set(chats.extras, '{thread,count}',
        to_jsonb(greatest(0, (chats.extras #>> '{thread,count}')::int - 1)))
    where chats.id = v_chat.thread_id;
  end if;
  -- Whoever quotes it shows other words now. Of very many only the newest: one edit must not flood a room,
  -- and the others are read anew by whoever scrolls up to them.
  with newest as (
    select chats.id, chats.seq from chats
    where chats.reply_to_id = p_chat order by chats.seq desc limit 200
  ), quoting as (
    select newest.id, row_number() over (order by newest.seq) as place from newest
  )
  update chats set rev = v_room.head + v_changed + quoting.place
  from quoting where chats.id = quoting.id;
  get diagnostics v_quotes = row_count;
  update rooms set head = v_room.head + v_changed + v_quotes where rooms.id = p_room;
  return 'changed';
end
$$;
