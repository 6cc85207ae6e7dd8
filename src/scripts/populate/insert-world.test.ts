import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFiles } from '../../adapters/files.ts'
import { parseConfig } from '../../config.ts'
import { type TestDatabase, testDatabase } from '../../db/testing.ts'
import { fileSchema, type File } from '../../protocol/files.ts'
import { insertFiles } from './insert-files.ts'
import { insertWorld } from './insert-world.ts'
import { type Plan, planWorld } from './plan.ts'
import { openTokens } from './tokens.ts'

let database: TestDatabase
let plan: Plan
const size = {
  users: 10,
  rooms: 3,
  members: 4,
  chats: 100,
  big: 1_900,
  isLively: true,
  prefix: 'user',
}
const nowMs = Date.UTC(2026, 0, 1)

beforeAll(async () => {
  database = await testDatabase()
  plan = planWorld(size, () => Bun.randomUUIDv7())
  await insertWorld(database.sql, plan, { passwordHash: 'x', nowMs, days: 30 })
})
afterAll(() => database.drop())

test('user i belongs to room ⌊i/M⌋, and the count starts again when users run out', async () => {
  const rows = await database.sql<{ slug: string; handles: string[] }[]>`
    select slug, array_agg(handle order by handle) as handles
    from members join rooms on rooms.id = room_id join users on users.id = user_id
    group by slug order by slug`
  expect([...rows]).toEqual([
    { slug: 'design-1', handles: ['user4', 'user5', 'user6', 'user7'] },
    { slug: 'engineering-2', handles: ['user0', 'user1', 'user8', 'user9'] },
    { slug: 'general-0', handles: ['user0', 'user1', 'user2', 'user3'] },
  ])
})

test('counters, seqs, times and read positions are those of rooms that were talked in', async () => {
  const rows = await database.sql`
    select rooms.last_seq = count(*) and max(seq) = count(*) and count(distinct rev) = count(*)
        and rooms.head = max(rev) and min(rev - seq) >= 0
        and rooms.last_main_seq = max(seq) filter (where chats.kind = 'text' and (thread_id is null or in_room))
        and member_count = 4 and last_chat_at = (array_agg(chats.created_at order by seq desc))[1]
        and max(chats.created_at) <= ${new Date(nowMs).toISOString()}::timestamptz
        and bool_and((event is null) = (chats.kind = 'text')) as is_right,
      (count(*) filter (where chats.kind = 'text'))::int as texts
    from rooms join chats on room_id = rooms.id group by rooms.id order by texts`
  expect(rows.map((row) => row['is_right'])).toEqual([true, true, true])
  expect(rows.map((row) => row['texts'])).toEqual([33, 33, 1_934])
  const [odd] = await database.sql`
    select (select count(*) from members join rooms on rooms.id = room_id
        where read_seq not between 0 and last_seq)::int as reads,
      (select count(*) from chats a join chats b on b.room_id = a.room_id and b.seq = a.seq + 1
        where b.created_at < a.created_at)::int as times,
      (select count(*) from chats where not exists (select from members m
        where m.room_id = chats.room_id and m.user_id = sender_id))::int as strangers`
  expect(odd).toMatchObject({ reads: 0, times: 0, strangers: 0 })
})

test('a thread hangs on a chat of the room, whose line tells of its replies', async () => {
  const rows = await database.sql`
    select root.thread_id is null and root.room_id = talk.room_id
      and (root.extras #>> '{thread,count}')::int = replies
      and (root.extras #>> '{thread,lastSeq}')::bigint = last_seq
      and root.extras #>> '{thread,userIds,0}' = last_sender
      and jsonb_array_length(root.extras #> '{thread,userIds}') = least(5, senders) as is_right
    from (
      select thread_id, min(room_id::text)::uuid as room_id, count(*) as replies, max(seq) as last_seq,
        count(distinct sender_id) as senders, (array_agg(sender_id::text order by seq desc))[1] as last_sender
      from chats where thread_id is not null group by thread_id
    ) as talk
    join chats root on root.id = talk.thread_id`
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.every((row) => row['is_right'] === true)).toBe(true)
  const [odd] = await database.sql`
    select (select count(*) from chats where extras ? 'thread'
        and not exists (select from chats reply where reply.thread_id = chats.id))::int as bare,
      (select count(*) from chats where thread_id is not null and not exists (
        select from thread_follows f where f.thread_id = chats.thread_id
          and f.user_id = chats.sender_id and f.read_seq >= chats.seq))::int as not_following,
      (select count(*) from chats join chats quoted on quoted.id = chats.reply_to_id
        where quoted.thread_id is not null or quoted.kind <> 'text'
          or quoted.room_id <> chats.room_id or quoted.seq >= chats.seq)::int as odd_quotes,
      (select count(*) from chats where reply_to_id is not null)::int > 20 as has_quotes`
  expect(odd).toEqual({ bare: 0, not_following: 0, odd_quotes: 0, has_quotes: true })
})

test('reactions, pins, edits and mentions of everyone are stored as the log stores them', async () => {
  const [row] = await database.sql`
    select count(*) filter (where extras ? 'reactions')::int > 50 as reactions,
      count(*) filter (where extras ? 'pinned')::int > 0 as pins,
      count(*) filter (where edited_at is not null)::int > 10 as edits,
      count(*) filter (where extras ->> 'everyone' = 'room')::int > 0 as everyone,
      count(*) filter (where (extras ->> 'everyone' = 'room') <> (message like '@room %'))::int as odd_everyone,
      count(*) filter (where edited_at is not null
        and not exists (select from chat_edits where chat_id = id and rev = chats.rev
          and chats.message = chat_edits.message || ' (mended)'))::int as odd_edits,
      count(*) filter (where extras ->> 'everyone' = 'room' and not exists (
        select from room_mentions m where m.room_id = chats.room_id and m.seq = chats.seq))::int as odd_rooms
    from chats where kind = 'text'`
  expect(row).toEqual({
    reactions: true,
    pins: true,
    edits: true,
    everyone: true,
    odd_everyone: 0,
    odd_edits: 0,
    odd_rooms: 0,
  })
  const reacted = await database.sql<{ odd: number; most: number }[]>`
    select count(*) filter (where jsonb_array_length(one -> 'userIds') <> (
        select count(distinct who) from jsonb_array_elements(one -> 'userIds') who))::int as odd,
      max(jsonb_array_length(one -> 'userIds')) as most
    from chats cross join lateral jsonb_array_elements(extras -> 'reactions') as one`
  expect(reacted[0]).toEqual({ odd: 0, most: 4 })
})

test('who is mentioned is a member, is named in the text, and stands in the mentions', async () => {
  const rows = await database.sql`
    select message like '@' || handle || ' %' and mentions.seq is not null
      and members.user_id is not null as is_right
    from chats join users on users.id = any (chats.mentions)
    left join mentions on mentions.user_id = users.id
      and mentions.room_id = chats.room_id and mentions.seq = chats.seq
    left join members on members.user_id = users.id and members.room_id = chats.room_id`
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every((row) => row['is_right'] === true)).toBe(true)
})

test('the first user of an empty Parley owns it', async () => {
  const rows = await database.sql`select handle from users where role = 'owner'`
  expect(rows.map((row) => row['handle'])).toEqual(['user0'])
})

test('each token is of a session of its user, in their order', async () => {
  const lines = await openTokens(
    {
      sql: database.sql,
      tokens: { issue: async ({ userId }) => ({ token: userId, expiresAtMs: 0 }) },
      newId: () => Bun.randomUUIDv7(),
      ttlSeconds: 60,
    },
    plan.people,
  )
  expect(lines).toEqual(plan.people.map(({ id }) => id))
  const [row] = await database.sql`select count(distinct user_id)::int as users from sessions`
  expect(row).toEqual({ users: 10 })
})

test('a size that can not be is refused with the name of its flag', () => {
  const refused = (change: object) => () => planWorld({ ...size, ...change }, () => '')
  expect(refused({ users: 0 })).toThrow('--users must be at least 1')
  expect(refused({ members: 11 })).toThrow('--members 11 needs as many users, there are 10')
  expect(refused({ rooms: 0 })).toThrow('--chats needs rooms')
  expect(refused({ prefix: 'A b' })).toThrow('--prefix must be')
})

test('pictures hang on chats of the world, stored once, each with a file that the database names', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'parley-populate-'))
  try {
    const files = await openFiles(parseConfig({ DATA_DIR: directory }))
    await insertFiles({ sql: database.sql, files }, plan, 30)
    const rows = await database.sql<{ file: File; hash: string; thumb_hash: string }[]>`
      select chats.extras #> '{files,0}' as file, files.hash, files.thumb_hash
      from chats join files on files.chat_id = chats.id and files.room_id = chats.room_id
        and files.owner_id = chats.sender_id and files.shown = chats.extras #> '{files,0}'`
    expect(rows).toHaveLength(30)
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(12)
    for (const { file, hash, thumb_hash } of rows) {
      expect(fileSchema.parse(file)).toMatchObject({
        kind: 'image',
        type: 'image/png',
        thumb: true,
      })
      expect(await files.blobs.read(hash)).not.toBeNull()
      expect(await files.blobs.read(thumb_hash)).not.toBeNull()
    }
  } finally {
    await rm(directory, { recursive: true })
  }
}, 30_000)
