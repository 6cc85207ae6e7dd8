CREATE TABLE "blobs" (
	"hash" text PRIMARY KEY NOT NULL,
	"bytes" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_edits" (
	"chat_id" uuid NOT NULL,
	"rev" bigint NOT NULL,
	"message" text NOT NULL,
	"said_at" timestamp with time zone NOT NULL,
	CONSTRAINT "chat_edits_chat_id_rev_pk" PRIMARY KEY("chat_id","rev")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"room_id" uuid,
	"chat_id" uuid,
	"hash" text NOT NULL,
	"thumb_hash" text,
	"shown" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_previews" (
	"url" text PRIMARY KEY NOT NULL,
	"preview" jsonb,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_mentions" (
	"room_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "room_mentions_room_id_seq_pk" PRIMARY KEY("room_id","seq")
);
--> statement-breakpoint
CREATE TABLE "saved_chats" (
	"user_id" uuid NOT NULL,
	"chat_id" uuid NOT NULL,
	"room_id" uuid NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_chats_user_id_chat_id_pk" PRIMARY KEY("user_id","chat_id")
);
--> statement-breakpoint
CREATE TABLE "thread_follows" (
	"user_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"room_id" uuid NOT NULL,
	"follows" boolean DEFAULT true NOT NULL,
	"read_seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "thread_follows_user_id_thread_id_pk" PRIMARY KEY("user_id","thread_id")
);
--> statement-breakpoint
CREATE TABLE "user_settings" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "chats" ADD COLUMN "thread_id" uuid;--> statement-breakpoint
ALTER TABLE "chats" ADD COLUMN "in_room" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "chats" ADD COLUMN "reply_to_id" uuid;--> statement-breakpoint
ALTER TABLE "chats" ADD COLUMN "extras" jsonb;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "notify" text;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "muted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "mentions" ADD COLUMN "at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "avatar_id" uuid;--> statement-breakpoint
CREATE INDEX "files_hash" ON "files" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "files_thumb_hash" ON "files" USING btree ("thumb_hash");--> statement-breakpoint
CREATE INDEX "files_owner" ON "files" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "files_room" ON "files" USING btree ("room_id","created_at","id");--> statement-breakpoint
CREATE INDEX "files_chat" ON "files" USING btree ("chat_id");--> statement-breakpoint
CREATE INDEX "room_mentions_at" ON "room_mentions" USING btree ("room_id","at");--> statement-breakpoint
CREATE INDEX "saved_chats_user" ON "saved_chats" USING btree ("user_id","saved_at","chat_id");--> statement-breakpoint
CREATE INDEX "thread_follows_thread" ON "thread_follows" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "chats_thread" ON "chats" USING btree ("thread_id","seq") WHERE thread_id is not null;--> statement-breakpoint
CREATE INDEX "chats_pinned" ON "chats" USING btree ("room_id","seq") WHERE extras ? 'pinned';--> statement-breakpoint
CREATE INDEX "mentions_user_at" ON "mentions" USING btree ("user_id","at");--> statement-breakpoint
-- Threads, replies, reactions, pins, and what was said before an edit. Each is a durable change under
-- the room's lock with a rev of its own; the callers read the rows that changed.

-- A post that concerns more than its room's counters: a reply, one with files, one to everyone. `stored`
-- and `dup` name the chat; a reply in a thread changes the chat it hangs on too, at the next rev.
create function commit_linked(
  p_id uuid, p_room uuid, p_sender uuid, p_cid text, p_message text,
  -- the @handles of the message, joined by commas
  p_handles text,
  p_thread uuid, p_in_room boolean, p_reply_to uuid,
  p_files uuid[],
  -- room, here, or null; and who is here
  p_everyone text, p_here uuid[]
) returns table (
  -- stored, dup, cid_conflict, not_found, not_member, room_archived, no_such_chat, no_such_file
  status text, id uuid
)
language plpgsql
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  v_room rooms%rowtype;
  v_old chats%rowtype;
  v_root chats%rowtype;
  v_is_member boolean;
  v_mentions uuid[] := '{}';
  v_people jsonb;
  v_files jsonb;
  v_extras jsonb;
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
  select * into v_room from rooms where rooms.id = p_room for no key update;
  select * into v_old from chats where chats.sender_id = p_sender and chats.cid = p_cid;
  if found then
    status := case
      when v_old.room_id <> p_room or v_old.kind <> 'text'
        or v_old.thread_id is distinct from p_thread
        or (v_old.message <> p_message and v_old.edited_at is null and v_old.deleted_at is null)
      then 'cid_conflict' else 'dup' end;
    id := v_old.id;
    return next; return;
  end if;
  perform 1 from members where members.room_id = p_room and members.user_id = p_sender;
  v_is_member := found;
  select * into v_root from chats where chats.id = p_thread and chats.room_id = p_room;
  status := case
    when v_room.id is null or (not v_is_member and v_room.kind <> 'public') then 'not_found'
    when not v_is_member then 'not_member'
    when v_room.archived_at is not null then 'room_archived'
    -- threads hang on what was said in the room, not on replies
    when p_thread is not null and (v_root.id is null or v_root.kind <> 'text' or v_root.thread_id is not null)
      then 'no_such_chat'
    when p_reply_to is not null and not exists (
      select from chats where chats.id = p_reply_to and chats.room_id = p_room and chats.kind = 'text'
        and chats.deleted_at is null
    ) then 'no_such_chat'
    -- only what this sender has uploaded for this room, and once
    when cardinality(p_files) <> (
      select count(*) from files
      where files.id = any (p_files) and files.owner_id = p_sender and files.room_id = p_room
        and files.chat_id is null
    ) then 'no_such_file'
    else 'stored'
  end;
  if status <> 'stored' then return next; return; end if;

  if p_handles <> '' then
    select coalesce(array_agg(users.id order by users.id), '{}') into v_mentions
    from users
    join members on members.user_id = users.id and members.room_id = p_room
    where users.handle = any (string_to_array(p_handles, ','));
  end if;
  with attached as (
    update files set chat_id = p_id where files.id = any (p_files) returning files.id, files.shown
  )
  select jsonb_agg(attached.shown order by array_position(p_files, attached.id)) into v_files from attached;
  v_extras := nullif(jsonb_strip_nulls(jsonb_build_object('files', v_files, 'everyone', p_everyone)), '{}');
  insert into chats (id, room_id, seq, rev, kind, sender_id, cid, message, mentions, created_at,
    thread_id, in_room, reply_to_id, extras)
  values (p_id, p_room, v_room.last_seq + 1, v_room.head + 1, 'text', p_sender, p_cid, p_message,
    v_mentions, v_now, p_thread, p_in_room, p_reply_to, v_extras);
  update rooms
  set head = v_room.head + case when p_thread is null then 1 else 2 end,
    last_seq = v_room.last_seq + 1,
    last_main_seq = case
      when p_thread is null or p_in_room then v_room.last_seq + 1 else last_main_seq end,
    last_chat_at = v_now
  where rooms.id = p_room;
  insert into mentions (user_id, room_id, seq)
  select who, p_room, v_room.last_seq + 1
  from (
    select unnest(v_mentions) as who
    union
    select members.user_id from members
    where members.room_id = p_room and members.user_id = any (p_here) and members.user_id <> p_sender
  ) named;
  if p_everyone = 'room' then
    insert into room_mentions (room_id, seq) values (p_room, v_room.last_seq + 1);
  end if;

  if p_thread is not null then
    select coalesce(jsonb_agg(who order by place), '[]') into v_people
    from (
      select to_jsonb(p_sender::text) as who, 0 as place
      union all
      select who, place from jsonb_array_elements(coalesce(v_root.extras #> '{thread,userIds}', '[]'))
        with ordinality as held (who, place)
      where who <> to_jsonb(p_sender::text)
      order by place limit 5
    ) people;
    update chats
    set rev = v_room.head + 2,
      extras = coalesce(v_root.extras, '{}') || jsonb_build_object('thread', jsonb_build_object(
        'count', coalesce((v_root.extras #>> '{thread,count}')::int, 0) + 1,
        'lastSeq', v_room.last_seq + 1,
        'lastAt', to_char(v_now at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'userIds', v_people))
    where chats.id = p_thread;
    -- Who takes part follows, and so does who began it, and who is named; unless they said no.
    insert into thread_follows (user_id, thread_id, room_id, read_seq)
    select who, p_thread, p_room,
      case when who = p_sender then v_room.last_seq + 1 else v_room.last_seq end
    from (select p_sender union select v_root.sender_id union select unnest(v_mentions)) followers (who)
    on conflict on constraint thread_follows_user_id_thread_id_pk do update
    set read_seq = greatest(thread_follows.read_seq, excluded.read_seq)
    where thread_follows.user_id = p_sender;
  end if;
  id := p_id;
  return next;
end
$$;
--> statement-breakpoint
-- Sets something on a chat, or takes it off: a reaction, a pin, or what its links lead to.
create function commit_mark(
  p_room uuid, p_chat uuid, p_actor uuid,
  -- reaction, pin or links
  p_kind text,
  -- the emoji, null, or the previews
  p_value jsonb,
  p_on boolean
) returns text -- changed, unchanged, not_found, not_member, forbidden, room_archived, too_many
language plpgsql
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_room rooms%rowtype;
  v_role text;
  v_chat chats%rowtype;
  v_extras jsonb;
  v_all jsonb;
  v_one jsonb;
  v_users jsonb;
  v_me jsonb := to_jsonb(p_actor::text);
begin
  select * into v_room from rooms where rooms.id = p_room for no key update;
  select * into v_chat from chats where chats.id = p_chat and chats.room_id = p_room;
  select members.role into v_role from members
  where members.room_id = p_room and members.user_id = p_actor;
  if v_role is null then
    return case when v_room.kind = 'public' then 'not_member' else 'not_found' end;
  elsif v_chat.id is null or v_chat.kind <> 'text' or v_chat.deleted_at is not null then
    return 'not_found';
  elsif v_room.archived_at is not null then
    return 'room_archived';
  end if;

  v_extras := coalesce(v_chat.extras, '{}');
  if p_kind = 'pin' then
    if p_on = (v_extras ? 'pinned') then return 'unchanged'; end if;
    v_extras := case when p_on
      then v_extras || jsonb_build_object('pinned', jsonb_build_object('userId', p_actor,
        'at', to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      else v_extras - 'pinned' end;
  elsif p_kind = 'links' then
    if v_chat.sender_id <> p_actor and (p_on or v_role = 'member') then return 'forbidden'; end if;
    -- once taken off, they stay off
    if p_on and (v_extras ? 'linksOff' or v_extras -> 'links' = p_value) then return 'unchanged'; end if;
    if not p_on and v_extras ? 'linksOff' then return 'unchanged'; end if;
    v_extras := case when p_on then v_extras || jsonb_build_object('links', p_value)
      else (v_extras - 'links') || '{"linksOff": true}' end;
  else
    -- as stored: [{emoji, userIds}], all who reacted
    v_all := coalesce(v_extras -> 'reactions', '[]');
    select one into v_one from jsonb_array_elements(v_all) one where one -> 'emoji' = p_value;
    v_users := coalesce(v_one -> 'userIds', '[]');
    if p_on = (v_users @> v_me) then return 'unchanged'; end if;
    if p_on and v_one is null and jsonb_array_length(v_all) >= 50 then return 'too_many'; end if;
    if p_on then
      v_users := v_users || v_me;
    else
      select coalesce(jsonb_agg(who order by place), '[]') into v_users
      from jsonb_array_elements(v_users) with ordinality as held (who, place) where who <> v_me;
    end if;
    if v_one is null then
      v_all := v_all || jsonb_build_object('emoji', p_value, 'userIds', v_users);
    else
      select coalesce(jsonb_agg(
        case when one -> 'emoji' = p_value then one || jsonb_build_object('userIds', v_users) else one end
        order by place) filter (where one -> 'emoji' <> p_value or jsonb_array_length(v_users) > 0), '[]')
      into v_all
      from jsonb_array_elements(v_all) with ordinality as held (one, place);
    end if;
    v_extras := case when jsonb_array_length(v_all) = 0 then v_extras - 'reactions'
      else v_extras || jsonb_build_object('reactions', v_all) end;
  end if;

  update rooms set head = v_room.head + 1 where rooms.id = p_room;
  update chats set rev = v_room.head + 1, extras = nullif(v_extras, '{}') where chats.id = p_chat;
  return 'changed';
end
$$;
--> statement-breakpoint
drop function commit_edit(uuid, uuid, uuid, text, text);
--> statement-breakpoint
create function commit_edit(
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
  update rooms
  set head = v_room.head + case when p_message is null and v_chat.thread_id is not null then 2 else 1 end
  where rooms.id = p_room;
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
    update chats
    set rev = v_room.head + 2,
      extras = jsonb_set(chats.extras, '{thread,count}',
        to_jsonb(greatest(0, (chats.extras #>> '{thread,count}')::int - 1)))
    where chats.id = v_chat.thread_id;
  end if;
  return 'changed';
end
$$;
