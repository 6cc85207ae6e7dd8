import type { Sql } from 'postgres'
import type { AnySql } from '../chats/chat-row.ts'
import { refusal } from '../chats/refusals.ts'
import { AppError } from '../protocol/errors.ts'
import type { MyRoom } from '../protocol/rooms.ts'
import { myRoom } from './my-rooms.ts'

export interface DirectRoom {
  roomId: string
  created: boolean
  userIds: string[]
}

/**
 * The direct room with exactly `userIds` and `me`, made once: two who open it at the same moment
 * meet in the unique index and get the same. With nobody else it is a place for one's own notes.
 * @throws AppError `not_found` when one of them is no user
 */
export async function openDirectRoom(
  sql: Sql,
  newId: () => string,
  me: string,
  userIds: string[],
): Promise<DirectRoom> {
  const people = [...new Set([me, ...userIds])].sort()
  const key = people.join(',')
  const found = await findByKey(sql, key)
  if (found) return { roomId: found, created: false, userIds: people }
  return sql.begin(async (tx) => {
    const known = await tx`select from users where id = any (${people})`
    if (known.length < people.length) throw refusal('no_such_user')
    const [made] = await tx<{ id: string }[]>`
      insert into rooms (id, kind, direct_key, member_count, created_by)
      values (${newId()}, 'direct', ${key}, ${people.length}, ${me})
      on conflict (direct_key) do nothing
      returning id`
    if (made) {
      await tx`insert into members (room_id, user_id) select ${made.id}, unnest(${people}::uuid[])`
      return { roomId: made.id, created: true, userIds: people }
    }
    const roomId = await findByKey(tx, key)
    if (!roomId) throw new AppError('internal', 'The room was not stored')
    return { roomId, created: false, userIds: people }
  })
}

/** The room as each of its people sees it. */
export async function placesIn(
  sql: Sql,
  { roomId, userIds }: DirectRoom,
): Promise<{ userId: string; room: MyRoom }[]> {
  const places = await Promise.all(
    userIds.map(async (userId) => ({ userId, room: await myRoom(sql, userId, roomId) })),
  )
  return places.flatMap(({ userId, room }) => (room ? [{ userId, room }] : []))
}

async function findByKey(sql: AnySql, key: string): Promise<string | null> {
  const [room] = await sql<{ id: string }[]>`select id from rooms where direct_key = ${key}`
  return room?.id ?? null
}
