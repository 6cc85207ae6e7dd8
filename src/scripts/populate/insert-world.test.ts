import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type TestDatabase, testDatabase } from '../../db/testing.ts'
import { insertWorld } from './insert-world.ts'
import { type Plan, planWorld } from './plan.ts'
import { openTokens } from './tokens.ts'

let database: TestDatabase
let plan: Plan
const size = { users: 10, rooms: 3, members: 4, chats: 100, prefix: 'user' }
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
    select rooms.last_seq = count(*) and rooms.head = rooms.last_seq
        and rooms.last_main_seq = rooms.last_seq and max(seq) = count(*) and max(rev) = count(*)
        and member_count = 4 and last_chat_at = max(chats.created_at)
        and max(chats.created_at) <= ${new Date(nowMs).toISOString()}::timestamptz
        and bool_and((event is null) = (chats.kind = 'text')) as is_right,
      (count(*) filter (where chats.kind = 'text'))::int as texts
    from rooms join chats on room_id = rooms.id group by rooms.id order by texts`
  expect(rows.map((row) => row['is_right'])).toEqual([true, true, true])
  expect(rows.map((row) => row['texts'])).toEqual([33, 33, 34])
  const [odd] = await database.sql`
    select (select count(*) from members join rooms on rooms.id = room_id
        where read_seq not between 0 and last_seq)::int as reads,
      (select count(*) from chats a join chats b on b.room_id = a.room_id and b.seq = a.seq + 1
        where b.created_at < a.created_at)::int as times,
      (select count(*) from chats where not exists (select from members m
        where m.room_id = chats.room_id and m.user_id = sender_id))::int as strangers`
  expect(odd).toMatchObject({ reads: 0, times: 0, strangers: 0 })
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
